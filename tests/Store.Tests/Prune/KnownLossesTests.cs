using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Pipeline;
using JadaStore.Store.Tests.Repair;

namespace JadaStore.Store.Tests.Prune;

/// <summary>A repository that lost something for good can be pruned, but only by who says so.</summary>
public sealed class KnownLossesTests
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_prune_goes_on_without_what_is_known_to_be_lost_where_it_is_told_to(bool withFooter)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = SnapshotWriterTests.Many(300);
        await temp.SnapshotAsync(source);
        string pack = Damage.Packs(temp).Single(path => !Damage.IsPages(path));
        byte[] whole = await File.ReadAllBytesAsync(pack);
        await File.WriteAllBytesAsync(pack, Damage.Flip(whole, 200)[..^(withFooter ? 0 : 40)]);
        await temp.ReopenAsync();
        RepairReport repaired = await Damage.RepairAsync(temp);
        Assert.NotEmpty(repaired.Lost);

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => PruneAsync(temp, knownLosses: false));
        Assert.Equal(StoreFault.Corrupt, refused.Fault);
        await PruneAsync(temp, knownLosses: true);

        Assert.False(File.Exists(pack));
        Assert.True((await Damage.VerifyAsync(temp)).OnlyKnownLosses);
        await temp.ReopenAsync();
        Snapshot healed = await temp.SnapshotAsync(source);
        foreach (EntryPath path in source.Paths)
        {
            Assert.Equal(source[path].Bytes, await temp.ReadAsync(healed, $"any/{path}"));
        }

        // What brought the chunks back is newer than the note that they are lost.
        await PruneAsync(temp, knownLosses: true);
        await temp.ReopenAsync();
        Assert.True((await Damage.VerifyAsync(temp)).Ok);
    }

    private static Task<PruneReport> PruneAsync(TempRepository temp, bool knownLosses) =>
        temp.Store.PruneAsync(new PruneRequest { Grace = TimeSpan.Zero, KnownLosses = knownLosses }, null, default);
}
