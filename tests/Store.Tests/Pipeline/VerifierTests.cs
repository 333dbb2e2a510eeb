using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class VerifierTests
{
    [Fact]
    public async Task A_flipped_byte_anywhere_in_a_pack_is_found_and_never_restored_as_content()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(Small());
        string[] packs = Directory.GetFiles(Path.Combine(temp.Folder, "packs"), "*", SearchOption.AllDirectories);
        Assert.Equal(2, packs.Length);
        foreach (string pack in packs)
        {
            byte[] whole = await File.ReadAllBytesAsync(pack);
            for (int at = 0; at < whole.Length; at += 7)
            {
                byte[] bad = [.. whole];
                bad[at] ^= 0x20;
                await File.WriteAllBytesAsync(pack, bad);
                await temp.ReopenAsync();

                VerifyReport report = await temp.Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default);

                Assert.False(report.Ok, $"byte {at} of {pack}");
                try
                {
                    Assert.Equal("content a"u8.ToArray(), await temp.ReadAsync(snapshot, "any/a"));
                }
                catch (StoreException e)
                {
                    Assert.True(e.Fault is StoreFault.Corrupt or StoreFault.NewerFormat, e.Message);
                }
            }

            await File.WriteAllBytesAsync(pack, whole);
        }

        await temp.ReopenAsync();
        Assert.True((await temp.Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default)).Ok);
    }

    [Fact]
    public async Task A_lost_pack_is_named_with_every_file_that_needs_it_in_every_snapshot()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Small();
        await temp.SnapshotAsync(source);
        HashSet<string> before = Packs(temp);
        source["c"] = MemoryFile.Of(new string('c', 100));
        await temp.SnapshotAsync(source);
        await temp.SnapshotAsync(source);
        foreach (string pack in Packs(temp).Except(before).Where(IsContent))
        {
            File.Delete(pack);
        }

        await temp.ReopenAsync();
        VerifyReport report = await temp.Store.VerifyAsync(new VerifyRequest(), null, default);

        Assert.Equal(
            [new DamagedPath("v1.1", "local/any/c"), new DamagedPath("v1.2", "local/any/c")],
            report.Damaged.OrderBy(path => path.Snapshot, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_sample_reads_some_of_the_bytes_and_structure_none()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        await temp.SnapshotAsync(SnapshotWriterTests.Many(100));

        Assert.Equal(0, (await temp.Store.VerifyAsync(new VerifyRequest(), null, default)).Bytes);
        Assert.True((await temp.Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default)).Bytes > 0);
    }

    [Fact]
    public async Task A_changed_record_is_a_problem_and_hides_no_other()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot first = await temp.SnapshotAsync(Small());
        Snapshot second = await temp.SnapshotAsync(Small());
        string file = Path.Combine(temp.Folder, "snapshots", first.Id.ToString());
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        File.Delete(Path.Combine(temp.Folder, "catalog.db"));
        File.Delete(Path.Combine(temp.Folder, "copies", "snapshots", first.Id.ToString()));

        await temp.ReopenAsync();

        Assert.Equal([second.Id], (await temp.Store.ListAsync(default)).Select(s => s.Id));
        Assert.Single(temp.Store.Warnings);
        Assert.False((await temp.Store.VerifyAsync(new VerifyRequest(), null, default)).Ok);
    }

    [Fact]
    public async Task Without_its_catalog_a_repository_answers_the_same()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(SnapshotWriterTests.Many(1000));
        SortedDictionary<EntryPath, Entry> before = await temp.EntriesAsync(snapshot);
        await temp.Store.DisposeAsync();
        foreach (string file in Directory.GetFiles(temp.Folder, "catalog.db*"))
        {
            File.Delete(file);
        }

        await temp.ReopenAsync();

        SortedDictionary<EntryPath, Entry> after = await temp.EntriesAsync(snapshot);
        Assert.Equal(before.Keys, after.Keys);
        Assert.Equal(before.Values.Select(e => e.Digest), after.Values.Select(e => e.Digest));
        Assert.Equal("content 7"u8.ToArray(), await temp.ReadAsync(snapshot, "any/f7"));
        await temp.Store.RebuildCatalogAsync(default);
        Assert.Equal("content 8"u8.ToArray(), await temp.ReadAsync(snapshot, "any/f8"));
    }

    private static MemorySource Small() => new("local/any")
    {
        ["a"] = MemoryFile.Of("content a") with { Fingerprint = [1] },
        ["b"] = MemoryFile.Of("content b") with { Fingerprint = [2] },
    };

    private static HashSet<string> Packs(TempRepository temp) =>
        [.. Directory.GetFiles(Path.Combine(temp.Folder, "packs"), "*", SearchOption.AllDirectories)];

    // The byte of the header that says what a pack holds.
    private static bool IsContent(string pack) => File.ReadAllBytes(pack)[9] == 0;
}
