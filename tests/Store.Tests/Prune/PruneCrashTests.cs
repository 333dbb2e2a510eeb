using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Prune;

public sealed class PruneCrashTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>At each call that a prune makes of the disk, it ends there: every snapshot is whole, and the next prune
    /// gets to the same end.</summary>
    [Theory, InlineData(0), InlineData(1)]
    public async Task A_prune_that_is_cut_off_anywhere_loses_nothing_and_the_next_one_finishes(int graceDays)
    {
        await using PruneWorld world = await WorldAsync();
        TimeSpan grace = TimeSpan.FromDays(graceDays);
        int calls = 0;
        PruneReport whole;
        string[] gone;
        await using (PruneWorld copy = await world.CopyAsync())
        {
            copy.Hook.OnCall = (_, _) => Task.FromResult(calls++);
            whole = await copy.PruneAsync(grace);
            copy.Hook.OnCall = (_, _) => Task.CompletedTask;
            await copy.CheckAsync("whole");
            gone = [.. world.Packs.Except(copy.Packs)];
        }

        Assert.True(whole.Deleted.Packs > 0 && whole.Rewritten.Packs > 0 && whole.Expired > 0);
        var ends = new HashSet<int>();
        for (int cut = 0; cut < calls; cut++)
        {
            await using PruneWorld copy = await world.CopyAsync();
            int left = cut;
            copy.Hook.OnCall = (_, _) =>
                left-- > 0 ? Task.CompletedTask : throw new StoreException(StoreFault.Io, "The power failed.");
            StoreException e = await Assert.ThrowsAsync<StoreException>(() => copy.PruneAsync(grace));
            Assert.Equal(StoreFault.Io, e.Fault);
            copy.Hook.OnCall = (_, _) => Task.CompletedTask;

            // Looked at in full now and then only: to read everything back costs most of the time.
            (Repository next, _) = await copy.OpenAsync();
            if (cut % 5 == 0)
            {
                await copy.CheckAsync($"cut at call {cut}");
            }

            await copy.PruneAsync(grace, next);

            // It goes on: nothing has to wait for its time once more.
            Assert.Empty(gone.Intersect(copy.Packs));
            if (cut % 5 == 1)
            {
                await copy.CheckAsync($"pruned again after call {cut}");
            }

            copy.Clock.Pass(Day);
            await copy.PruneAsync(grace, next);
            ends.Add(copy.Packs.Count());
            Assert.DoesNotContain(
                copy.Memory.Objects.Keys, name => name.StartsWith("condemned/", StringComparison.Ordinal));
            await copy.CheckAsync($"at the end after call {cut}");
            copy.Clock.Pass(-Day);
        }

        Assert.InRange(calls, 60, 1000);
        Assert.True(ends.Max() - ends.Min() <= 1, $"{ends.Min()} to {ends.Max()} packs are left");
    }

    // Packs that are dead, sparse, condemned, needed again; snapshots that are forgotten for long, and for a moment.
    internal static async Task<PruneWorld> WorldAsync()
    {
        PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot dead = await world.SnapshotAsync(PruneTests.Source(9, files: 4));
        MemorySource wide = PruneTests.Source(1, files: 30, size: 300);
        Snapshot sparse = await world.SnapshotAsync(wide);
        MemorySource narrow = PruneTests.Source(1, files: 6, size: 300);
        await world.SnapshotAsync(narrow);
        await world.ForgetAsync(dead);
        await world.PruneAsync(Day);
        world.Clock.Pass(Day);
        await world.ForgetAsync(sparse);
        world.Clock.Pass(Day);
        Snapshot late = await world.SnapshotAsync(PruneTests.Source(5, files: 4));
        await world.ForgetAsync(late);
        return world;
    }
}
