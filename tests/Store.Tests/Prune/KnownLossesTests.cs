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

    /// <summary>
    /// What the snapshot brings back lies under pages that were gone through before, when it was still lost.
    /// </summary>
    [Fact]
    public async Task What_a_snapshot_brings_back_while_a_prune_goes_on_without_it_stays()
    {
        int at = 0, healed = 0;
        for (bool wasReached = true; wasReached; at++)
        {
            wasReached = false;
            await using PruneWorld world = await PruneWorld.MakeAsync();
            MemorySource source = PruneTests.Source(1, files: 5);
            await world.SnapshotAsync(source);
            world.Memory.Objects.TryRemove(world.Packs.Single(name => world.Memory.Objects[name][9] == 0), out _);
            await world.Store.RepairAsync(new RepairRequest(), null, default);
            (Repository other, _) = await world.OpenAsync();
            int left = at;
            bool isHealed = false;
            world.Hook.OnCall = async (_, _) =>
            {
                if (left-- == 0)
                {
                    wasReached = true;
                    try
                    {
                        await world.SnapshotAsync(other, source);
                        isHealed = true;
                    }
                    catch (StoreException e) when (e.Fault is StoreFault.Locked)
                    {
                        // The prune holds the lock just then, and it would have waited.
                    }
                }
            };
            await world.Store.PruneAsync(new PruneRequest { Grace = TimeSpan.Zero, KnownLosses = true }, null, default);
            world.Hook.OnCall = (_, _) => Task.CompletedTask;

            if (isHealed)
            {
                healed++;
                await world.CheckAsync($"a snapshot before call {at}");
            }
        }

        Assert.InRange(at, 15, 500);
        Assert.InRange(healed, 5, at);
    }

    private static Task<PruneReport> PruneAsync(TempRepository temp, bool knownLosses) =>
        temp.Store.PruneAsync(new PruneRequest { Grace = TimeSpan.Zero, KnownLosses = knownLosses }, null, default);
}
