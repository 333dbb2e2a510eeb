using System.Text.Json.Nodes;
using JadaStore.Collectors.Tests.Local;
using JadaStore.Collectors.Tests.Servers;
using JadaStore.Store;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using static JadaStore.Collectors.Tests.S3.Restore.RichObjects;

namespace JadaStore.Collectors.Tests.S3.Restore;

/// <summary>Bucket, repository, bucket: other programs see no difference, and no more is sent than must be.</summary>
public sealed class S3RestoreTests
{
    public static TheoryData<string> Servers() => S3Servers.All();

    [ServerTheory, MemberData(nameof(Servers))]
    public async Task Every_key_header_and_tag_comes_back_and_a_second_time_nothing_is_sent(string server)
    {
        await using RestoreGround ground = await RestoreGround.OnAsync(server);
        string bucket = await ground.Calls.MakeBucketAsync(), back = await ground.Calls.MakeBucketAsync();
        await ground.Calls.CallAllAsync([.. HardKeys.All.Select((key, i) => ("PutObject", Rich(bucket, key, i)))]);
        Snapshot snapshot = await ground.SnapshotAsync(bucket);
        await using FaultProxy proxy = FaultProxy.Before(ground.Endpoint, FaultPlan.None);

        RestoreReport report =
            await ground.RestoreAsync(new RestoreRequest { Snapshot = snapshot }, back, proxy: proxy);

        Assert.Empty(report.Errors);
        Assert.Equal(HardKeys.All.Count, report.Files);
        BucketState first = await ground.Calls.StateAsync(bucket);
        Assert.Equal([], first.Differences(await ground.Calls.StateAsync(back)));
        Assert.Equal(HardKeys.All.Count, proxy.Counts["PutObject"]);
        Assert.Equal(["ListObjectsV2", "PutObject"], proxy.Counts.Keys.Order());

        proxy.ResetCounts();
        RestoreReport again = await ground.RestoreAsync(new RestoreRequest { Snapshot = snapshot }, back, proxy: proxy);
        Assert.Equal((0, HardKeys.All.Count), (again.Files, again.Skipped));
        Assert.Equal("ListObjectsV2=1", Shown(proxy));

        proxy.ResetCounts();
        again = await ground.RestoreAsync(
            new RestoreRequest { Snapshot = snapshot, Overwrite = Overwrite.Changed }, back, proxy: proxy);
        Assert.Equal((0, HardKeys.All.Count), (again.Files, again.Skipped));
        Assert.Equal(
            $"GetObjectTagging={HardKeys.All.Count} HeadObject={HardKeys.All.Count} ListObjectsV2=1", Shown(proxy));
    }

    [ServerFact(S3Servers.Ceph)]
    public async Task Control_characters_in_keys_come_back_and_go()
    {
        await using RestoreGround ground = await RestoreGround.OnAsync(S3Servers.Ceph);
        string bucket = await ground.Calls.MakeBucketAsync(), back = await ground.Calls.MakeBucketAsync();
        await ground.Calls.PutAsync(bucket, "only", "1");
        Snapshot other = await ground.SnapshotAsync(bucket);
        await ground.Calls.CallAllAsync([.. HardKeys.Control.Select((key, i) => ("PutObject", Rich(bucket, key, i)))]);
        Snapshot snapshot = await ground.SnapshotAsync(bucket);

        RestoreReport report = await ground.RestoreAsync(new RestoreRequest { Snapshot = snapshot }, back);

        Assert.Empty(report.Errors);
        Assert.Equal([], (await ground.Calls.StateAsync(bucket)).Differences(await ground.Calls.StateAsync(back)));

        report = await ground.RestoreAsync(new RestoreRequest { Snapshot = other, Delete = true }, back);
        Assert.Empty(report.Errors);
        Assert.Equal(HardKeys.Control.Count, report.Deleted);
        Assert.Equal(["only"], (await ground.Calls.StateAsync(back)).Keys);
    }

    [ServerTheory, MemberData(nameof(Servers))]
    public async Task Objects_in_parts_have_the_etag_that_they_had(string server)
    {
        await using RestoreGround ground = await RestoreGround.OnAsync(server);
        string bucket = await ground.Calls.MakeBucketAsync(), back = await ground.Calls.MakeBucketAsync();
        using var tree = new TempTree();
        (string Name, int Length)[] files = [("one", 8 << 20), ("large", 20_000_000)];
        foreach ((string name, int length) in files)
        {
            byte[] bytes = new byte[length];
            new Random(length).NextBytes(bytes);
            await File.WriteAllBytesAsync(tree[name], bytes);
            await new AwsCli(ground.Endpoint).TextAsync(
                "s3", "cp", "--quiet", "--cache-control", "no-store", tree[name], $"s3://{bucket}/{name}");
        }

        foreach ((string name, int part) in new[] { ("five", 5), ("six", 6) })
        {
            await PutPartsAsync(ground.Calls, bucket, name, part << 20);
        }

        Snapshot snapshot = await ground.SnapshotAsync(bucket);
        RestoreReport report = await ground.RestoreAsync(new RestoreRequest { Snapshot = snapshot }, back);

        Assert.Empty(report.Errors);
        BucketState state = await ground.Calls.StateAsync(bucket), restored = await ground.Calls.StateAsync(back);
        Assert.Equal([], state.Differences(restored));
        RestoreReport again = await ground.RestoreAsync(
            new RestoreRequest { Snapshot = snapshot, Overwrite = Overwrite.Changed }, back);
        Assert.Equal((0, 4), (again.Files, again.Skipped));
    }

    [ServerFact(S3Servers.Moto)]
    public async Task An_object_has_the_checksum_that_it_had()
    {
        await using RestoreGround ground = await RestoreGround.OnAsync(S3Servers.Moto);
        string bucket = await ground.Calls.MakeBucketAsync(), back = await ground.Calls.MakeBucketAsync();
        await ground.Calls.CallAllAsync([.. new[] { "CRC32", "SHA1", "SHA256" }.Select(algorithm =>
        {
            JsonObject put = Rich(bucket, algorithm, 1);
            put["ChecksumAlgorithm"] = algorithm;
            return ("PutObject", put);
        })]);
        using var tree = new TempTree();
        await File.WriteAllBytesAsync(tree["large"], new byte[9 << 20]);
        await new AwsCli(ground.Endpoint).TextAsync(
            "s3", "cp", "--quiet", "--checksum-algorithm", "SHA256", tree["large"], $"s3://{bucket}/large");
        Snapshot snapshot = await ground.SnapshotAsync(bucket);

        RestoreReport report = await ground.RestoreAsync(new RestoreRequest { Snapshot = snapshot }, back);

        Assert.Empty(report.Errors);
        BucketState state = await ground.Calls.StateAsync(bucket), restored = await ground.Calls.StateAsync(back);
        Assert.Equal([], state.Differences(restored));
        Assert.All(
            restored.Keys,
            key => Assert.Contains("\"Checksum", restored[key].ToJsonString(), StringComparison.Ordinal));
    }

    [ServerTheory, MemberData(nameof(Servers))]
    public async Task Files_of_a_folder_become_objects_and_what_is_no_file_is_named(string server)
    {
        await using RestoreGround ground = await RestoreGround.OnAsync(server);
        string back = await ground.Calls.MakeBucketAsync();
        string large = string.Concat(Enumerable.Range(0, 3_000_000).Select(i => $"{i:0000000}"));
        Snapshot snapshot = await ground.Repository.SnapshotAsync(new ListedSource(
            "local/site",
            ListedEntry.Of(EntryKind.Folder, default), ListedEntry.Of(EntryKind.Folder, new EntryPath("d/")),
            ListedEntry.File(new EntryPath("d/first.html"), "x", hasLinks: true),
            ListedEntry.File(new EntryPath("d/second.css"), "x", new EntryPath("d/first.html")),
            ListedEntry.File(new EntryPath("large"), large), ListedEntry.Symlink(new EntryPath("link"), "d"),
            ListedEntry.File(new EntryPath([0xFF]), "1")));

        RestoreReport report = await ground.RestoreAsync(
            new RestoreRequest { Snapshot = snapshot, Paths = ["site"], Delete = true }, back, "p/");

        Assert.Equal(["\\xFF", "link"], report.Errors.Select(error => error.Path).Order(StringComparer.Ordinal));
        BucketState state = await ground.Calls.StateAsync(back);
        Assert.Equal(["p/d/first.html", "p/d/second.css", "p/large"], state.Keys);
        Assert.Equal(
            "text/html text/css",
            $"{state["p/d/first.html"]["head"]!["ContentType"]} {state["p/d/second.css"]["head"]!["ContentType"]}");
        string sha256 = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(large)));
        Assert.Equal(sha256, (string?)state["p/large"]["sha256"]);
        Assert.EndsWith("-2\"", (string)state["p/large"]["head"]!["ETag"]!, StringComparison.Ordinal);
    }

    [ServerTheory, MemberData(nameof(Servers))]
    public async Task Only_what_differs_is_sent_and_extras_go_when_asked(string server)
    {
        await using RestoreGround ground = await RestoreGround.OnAsync(server);
        string bucket = await ground.Calls.MakeBucketAsync();
        string[] keys = ["same", "content", "size", "header", "meta", "tag", "tagless", "gone", "d/same", "x/", "x/y"];
        await ground.Calls.CallAllAsync([.. keys.Select(key => ("PutObject", Rich(bucket, key, 3)))]);
        Snapshot snapshot = await ground.SnapshotAsync(bucket);
        BucketState before = await ground.Calls.StateAsync(bucket);
        await ground.Calls.CallAllAsync(
        [
            .. new[] { "content", "size", "header", "meta", "tag", "tagless", "new", "d/", "d/new", "x//", "sam" }
                .Select(key => ("PutObject", Changed(Rich(bucket, key, 3), key))),
            ("DeleteObject", new JsonObject { ["Bucket"] = bucket, ["Key"] = "gone" }),
        ]);
        BucketState changed = await ground.Calls.StateAsync(bucket);
        string[] expected =
        [
            "Create gone", "Delete d/", "Delete d/new", "Delete new", "Delete sam", "Delete x//", "Overwrite content",
            "Overwrite size", "Same d/same", "Same same", "Same x/", "Same x/y", "SetAttributes header",
            "SetAttributes meta", "SetAttributes tag", "SetAttributes tagless",
        ];
        await using FaultProxy proxy = FaultProxy.Before(ground.Endpoint, FaultPlan.None);

        foreach (bool dryRun in new[] { true, false })
        {
            var actions = new System.Collections.Concurrent.ConcurrentQueue<string>();
            RestoreReport report = await ground.RestoreAsync(
                new RestoreRequest
                {
                    Snapshot = snapshot, Overwrite = Overwrite.Changed, Delete = true, DryRun = dryRun,
                    OnAction = action => actions.Enqueue($"{action.Kind} {action.Path}"),
                },
                bucket, proxy: proxy);

            Assert.Empty(report.Errors);
            Assert.Equal(expected, actions.Order(StringComparer.Ordinal));
            Assert.Equal([], (dryRun ? changed : before).Differences(await ground.Calls.StateAsync(bucket)));
        }

        Assert.Equal(3, proxy.Counts["PutObject"]);
        Assert.Equal((4, 4), (proxy.Counts["CopyObject"], proxy.Counts["PutObjectTagging"]));
        Assert.Equal(1, proxy.Counts["DeleteObjects"]);
    }

    [ServerTheory, MemberData(nameof(Servers))]
    public async Task A_part_goes_below_a_prefix_and_touches_nothing_else(string server)
    {
        await using RestoreGround ground = await RestoreGround.OnAsync(server);
        string bucket = await ground.Calls.MakeBucketAsync(), back = await ground.Calls.MakeBucketAsync();
        await ground.Calls.CallAllAsync(
            [.. new[] { "d", "d-", "d/e", "d/f/g", "d0", "e" }.Select(key => ("PutObject", Rich(bucket, key, 1)))]);
        await ground.Calls.CallAllAsync(
        [
            .. new[] { "p/d", "p/d-", "p/d/old", "p/e", "q", "d/e" }.Select(key => ("PutObject", Rich(back, key, 2))),
        ]);
        Snapshot snapshot = await ground.SnapshotAsync(bucket);

        RestoreReport report = await ground.RestoreAsync(
            new RestoreRequest
            {
                Snapshot = snapshot, Paths = [$"{bucket}/d"], Overwrite = Overwrite.Always, Delete = true,
            },
            back, "p/");

        Assert.Empty(report.Errors);
        Assert.Equal((3, 1), (report.Files, report.Deleted));
        BucketState state = await ground.Calls.StateAsync(back);
        Assert.Equal(["d/e", "p/d", "p/d-", "p/d/e", "p/d/f/g", "p/e", "q"], state.Keys);
        Assert.Equal(
            ["max-age=2", "max-age=1", "max-age=2", "max-age=1", "max-age=1", "max-age=2", "max-age=2"],
            state.Keys.Select(key => (string?)state[key]["head"]!["CacheControl"]));
    }

    [ServerFact(S3Servers.Moto)]
    public async Task Two_sources_do_not_go_into_one_bucket()
    {
        await using RestoreGround ground = await RestoreGround.OnAsync(S3Servers.Moto);
        Snapshot snapshot = await ground.Repository.SnapshotAsync(
            new ListedSource("s3/a", [ListedEntry.File(new EntryPath("k"), "1")]),
            new ListedSource("s3/b", [ListedEntry.File(new EntryPath("k"), "2")]));

        StoreException e = await Assert.ThrowsAsync<StoreException>(
            () => ground.RestoreAsync(new RestoreRequest { Snapshot = snapshot }, "any"));

        Assert.Equal(StoreFault.Ambiguous, e.Fault);
        Assert.Contains("--path s3/a", e.Hint, StringComparison.Ordinal);
    }

    private static JsonObject Changed(JsonObject put, string how)
    {
        (string Member, JsonNode? Value) change = how switch
        {
            "content" => ("Body", S3Calls.Bytes(99, 30)),
            "size" => ("Body", S3Calls.Bytes("x")),
            "header" => ("ContentLanguage", "en"),
            "meta" => ("Metadata", new JsonObject { ["other"] = "one" }),
            "tag" => ("Tagging", "number=4&a%20b=c%2Bd"),
            "tagless" => ("Tagging", null),
            _ => ("CacheControl", "no-cache"),
        };
        if (change.Value is null)
        {
            put.Remove(change.Member);
        }
        else
        {
            put[change.Member] = change.Value;
        }

        return put;
    }
}
