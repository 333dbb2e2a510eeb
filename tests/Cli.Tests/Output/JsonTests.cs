using System.Text.Json;
using JadaStore.Cli.Estate;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Tests.Output;

/// <summary>Scripts read these shapes to the letter.</summary>
public class JsonTests
{
    private const string Hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [Fact]
    public void A_snapshot_has_the_shape_of_the_contract() =>
        Assert.Equal(
            $$"""
            {"name":"v1.0","id":"{{Hex}}","time":"2026-03-01T14:05:09Z","parent":null,"message":"before | launch","tags":["release"],"complete":false,"entries":3,"bytes":1234,"added_bytes":7,"stored_bytes":5,"alarms":[],"pinned":false,"sources":[{"root":"local/site","entries":3,"bytes":1234,"complete":false,"error_count":1,"errors":[{"path":"secret","message":"permission denied"}],"coverage":[]}]}
            """,
            JsonOutput.Text(SnapshotJson.Of(Sample.Snapshot(complete: false))));

    [Fact]
    public void What_is_pinned_and_what_has_an_alarm_says_so()
    {
        Snapshot plain = Sample.Snapshot();
        Snapshot snapshot = plain with
        {
            Record = plain.Record with { Alarms = [new SnapshotAlarm("s3/x", AlarmKind.Lost, 412, 1204, Hex)] },
        };

        Assert.Contains(
            $$"""
            "alarms":[{"root":"s3/x","kind":"lost","count":412,"of":1204,"parent":"{{Hex}}"}],"pinned":true,"pin_reason":"why","sources"
            """,
            JsonOutput.Text(SnapshotJson.Of(snapshot, new SnapshotPin(snapshot.Id, null, "why"))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_has_the_shape_of_the_contract()
    {
        Entry entry = Sample.File("ü\u0001") with { Attributes = [new("xattr.user.a", "x"u8.ToArray()), new("xattr.user.b", [0xFF])] };

        Assert.Equal(
            """{"path":"local/site/ü\\x01","kind":"file","size":11,"mtime":"2026-03-01T14:05:09.12Z","mode":420,"digest":"HEX","attributes":"""
                .Replace("HEX", Hex, StringComparison.Ordinal)
                + """{"xattr.user.a":"x","xattr.user.b":{"base64":"/w=="}}}""",
            JsonOutput.Text(EntryJson.Of(Sample.Found(entry))));
    }

    [Fact]
    public async Task A_diff_is_one_document_with_its_summary()
    {
        using var text = new StringWriter { NewLine = "\n" };
        var json = new DiffJson(
            text, new DiffNaming("v1.0", "v1.1"), new EstateRoots(), new Documents((_, _, _) => throw new InvalidOperationException()));
        var summary = new DiffSummary();
        Entry entry = Sample.File("a");
        Change[] changes =
        [
            new(new EntryPath("local/site/a"), ChangeKind.Added, null, entry),
            new(new EntryPath("local/site/b"), ChangeKind.Modified, entry with { Size = 3 }, entry),
            new(new EntryPath("local/site/c"), ChangeKind.Metadata, entry, entry),
        ];
        await json.BeginAsync();
        foreach (Change change in changes)
        {
            summary.Add(change);
            await json.AddAsync(change, default);
        }

        await json.EndAsync(summary);

        using JsonDocument document = JsonDocument.Parse(text.ToString());
        JsonElement root = document.RootElement;
        Assert.Equal("v1.1", root.GetProperty("to").GetString());
        Assert.Equal(
            ["added", "modified", "metadata"],
            root.GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("change").GetString()!));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("changes")[0].GetProperty("old").ValueKind);
        Assert.Equal(
            ["size", "digest", "mtime"],
            root.GetProperty("changes")[1].GetProperty("new").EnumerateObject().Select(m => m.Name));
        Assert.Equal(
            """{"added":1,"removed":0,"modified":1,"metadata":1,"unknown":0,"not_taken":0,"bytes_added":22,"bytes_removed":3}""",
            root.GetProperty("summary").GetRawText());
    }

    [Fact]
    public void A_restore_counts_what_was_right_and_what_was_left_as_skipped() =>
        Assert.Equal(
            """{"snapshot":"v1.0","files":2,"bytes":9,"skipped":4,"errors":[{"path":"a","message":"no space"}]}""",
            JsonOutput.Text(RestoreJson.Of(
                "v1.0", new RestoreReport { Files = 2, Bytes = 9, Skipped = 1, Kept = 3, Errors = [new("a", "no space")] }, null, null)));

    [Fact]
    public void A_verification_has_the_shape_of_the_contract() =>
        Assert.Equal(
            """{"ok":false,"chunks":7,"bytes":9,"damaged":[{"snapshot":"v1.0","path":"local/a"}],"problems":["pack x is cut off"],"only_known_losses":false,"notes":[]}""",
            JsonOutput.Text(VerifyJson.Of(new VerifyReport
            {
                Chunks = 7, Bytes = 9, Damaged = [new("v1.0", "local/a")], Problems = ["pack x is cut off"],
            })));

    [Fact]
    public void An_empty_list_is_a_document_too()
    {
        using var text = new StringWriter { NewLine = "\n" };

        JsonOutput.WriteList<SnapshotJson>(text, []);

        Assert.Equal("[]\n", text.ToString());
    }

    [Fact]
    public async Task A_streamed_list_is_the_same_as_one_at_hand()
    {
        KeyJson[] keys = [new("a", "b", default, true, false), new("c", "d", default, false, true)];
        using var streamed = new StringWriter { NewLine = "\n" };
        using var whole = new StringWriter { NewLine = "\n" };

        await JsonOutput.WriteListAsync(streamed, keys.ToAsyncEnumerable(), default);
        JsonOutput.WriteList(whole, keys);

        Assert.Equal(whole.ToString(), streamed.ToString());
    }
}
