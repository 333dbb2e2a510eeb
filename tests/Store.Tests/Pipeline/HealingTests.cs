using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>
/// A source that is still there is a second copy: what the repository lost is stored again by the next snapshot.
/// </summary>
public sealed class HealingTests
{
    [Fact]
    public async Task A_damaged_page_is_stored_again_by_the_next_snapshot_and_then_read_from_there()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = SnapshotWriterTests.Many(5000);
        Snapshot first = await temp.SnapshotAsync(source);
        Flip(Packs(temp).Single(IsPages), at: 200);

        await temp.ReopenAsync();
        Snapshot second = await temp.SnapshotAsync(source);

        Assert.NotEmpty(temp.Store.Warnings);
        await temp.ReopenAsync();
        Assert.Equal(5000, (await temp.EntriesAsync(second)).Count);
        Assert.Equal(5000, (await temp.EntriesAsync(first)).Count);
        await temp.ReopenAsync();
        Assert.Equal(0, (await temp.SnapshotAsync(source)).Record.StoredBytes);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_a_lost_or_cut_pack_held_is_read_again_though_the_source_did_not_change(bool cut)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = SnapshotWriterTests.Many(300);
        await temp.SnapshotAsync(source);
        string pack = Packs(temp).Single(path => !IsPages(path));
        if (cut)
        {
            using FileStream file = File.OpenWrite(pack);
            file.SetLength(file.Length / 2);
        }
        else
        {
            File.Delete(pack);
        }

        await temp.ReopenAsync();
        Snapshot healed = await temp.SnapshotAsync(source);

        Assert.Equal("content 299"u8.ToArray(), await temp.ReadAsync(healed, "any/f299"));
        VerifyReport report = await temp.Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default);
        Assert.Equal(cut, report.Problems.Count > 0);
        foreach (EntryPath path in source.Paths)
        {
            Assert.Equal(source[path].Bytes, await temp.ReadAsync(healed, $"any/{path}"));
        }
    }

    [Fact]
    public async Task A_loss_is_remembered_until_a_verification_finds_nothing_missing()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = SnapshotWriterTests.Many(300);
        await temp.SnapshotAsync(source);
        File.Delete(Packs(temp).Single(path => !IsPages(path)));
        await temp.ReopenAsync();
        await temp.Store.VerifyAsync(new VerifyRequest(), null, default);

        await temp.ReopenAsync();
        await temp.SnapshotAsync(source);

        Assert.True((await temp.Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default)).Ok);
        int opened = source.Opened;
        await temp.SnapshotAsync(source);
        Assert.Equal(opened, source.Opened);
    }

    [Fact]
    public async Task A_restore_goes_past_a_lost_page_and_says_so()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(SnapshotWriterTests.Many(5000));
        Flip(Packs(temp).Single(IsPages), at: 200);
        await temp.ReopenAsync();
        await using var target = new MemoryTarget();

        RestoreReport report =
            await temp.Store.RestoreAsync(new RestoreRequest { Snapshot = snapshot }, target, null, default);

        Assert.True(report.Damaged);
        Assert.NotEmpty(report.Errors);
        Assert.InRange(report.Files, 1, 4999);
    }

    [Fact]
    public async Task Deleting_what_is_extra_is_refused_where_things_were_left_out_by_rule()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new RuledSource();
        Snapshot snapshot = await temp.SnapshotAsync(source);
        await using var target = new MemoryTarget();
        var request = new RestoreRequest { Snapshot = snapshot, Delete = true };

        StoreException e =
            await Assert.ThrowsAsync<StoreException>(() => temp.Store.RestoreAsync(request, target, null, default));
        Assert.Equal(StoreFault.Refused, e.Fault);
        await temp.Store.RestoreAsync(request with { DeleteExcluded = true }, target, null, default);
        source.Rule = "repo" + SnapshotSource.OwnRepository;
        await temp.Store.RestoreAsync(
            request with { Snapshot = await temp.SnapshotAsync(source) }, target, null, default);
    }

    private static string[] Packs(TempRepository temp) =>
        Directory.GetFiles(Path.Combine(temp.Folder, "packs"), "*", SearchOption.AllDirectories);

    // The byte of the header that says what a pack holds.
    private static bool IsPages(string pack) => File.ReadAllBytes(pack)[9] == 1;

    private static void Flip(string file, int at)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[at] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private sealed class RuledSource : ICollector
    {
        public string Rule { get; set; } = "--exclude *.tmp";

        public string Root => "local/ruled";

        public IReadOnlyList<string> Excluded => [Rule];

        public IAsyncEnumerable<SourceEntry> CollectAsync(CancellationToken cancellationToken) =>
            AsyncEnumerable.Empty<SourceEntry>();
    }
}
