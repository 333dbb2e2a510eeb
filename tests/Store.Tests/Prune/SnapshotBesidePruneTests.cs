using JadaStore.Store.Model;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Prune;

/// <summary>
/// A prune without grace is stopped before each call that it makes of the disk; there other processes take snapshots,
/// forget and bring back; then it goes on.
/// </summary>
public sealed class SnapshotBesidePruneTests
{
    /// <summary>What nothing needed when the prune looked is needed when it deletes.</summary>
    [Fact]
    public Task What_is_taken_again_meanwhile_stays() => EverywhereAsync(
        async (world, other, _) => await world.SnapshotAsync(other, PruneTests.Source(1, files: 12, size: 300)));

    [Fact]
    public Task What_is_brought_back_meanwhile_stays() => EverywhereAsync(async (world, other, dead) =>
    {
        Dictionary<string, byte[]> held = PruneTests.Source(1, 12, 300) is var source
            ? source.Paths.ToDictionary(path => $"local/any/{path}", path => source[path].Bytes) : [];
        if (await Forgetting.TryUndeleteAsync(other.Parts, dead))
        {
            world.Model[dead.Id] = held;
        }
    });

    [Fact]
    public Task What_is_taken_and_forgotten_again_meanwhile_harms_nothing() => EverywhereAsync(async (world, other, _) =>
    {
        Snapshot passing = await world.SnapshotAsync(other, PruneTests.Source(1, files: 12, size: 300));
        await world.SnapshotAsync(other, PruneTests.Source(2, files: 30, size: 300));
        await world.ForgetAsync(other, passing);
    });

    /// <summary>As the first, while the prune looks at another snapshot that came before it.</summary>
    [Fact]
    public Task What_is_taken_again_while_another_is_looked_at_stays() => EverywhereAsync(
        async (world, other, _) => await world.SnapshotAsync(other, PruneTests.Source(1, files: 12, size: 300)),
        async (world, other) => await world.SnapshotAsync(other, PruneTests.Source(3, files: 5, size: 300)));

    /// <summary>
    /// It began before the prune and builds on what nothing else needs. As long as it runs its session keeps that; from
    /// the moment that it ends only its record does.
    /// </summary>
    [Fact]
    public async Task What_a_snapshot_builds_on_that_ends_meanwhile_stays()
    {
        int at = 0, done = 0;
        await using PruneWorld world = await PruneWorld.MakeAsync();
        await world.ForgetAsync(await world.SnapshotAsync(PruneTests.Source(1, files: 12, size: 300)));
        for (bool wasReached = true; wasReached; at++)
        {
            wasReached = false;
            await using PruneWorld copy = await world.CopyAsync();
            (Repository other, _) = await copy.OpenAsync();
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var waiting = new MemorySource("local/any")
            {
                OnOpening = async _ =>
                {
                    begun.TrySetResult();
                    await goOn.Task;
                },
            };
            MemorySource source = PruneTests.Source(1, files: 12, size: 300);
            foreach (EntryPath path in source.Paths)
            {
                waiting[path] = source[path];
            }

            Task<Snapshot> taking = copy.SnapshotAsync(other, waiting);
            await await Task.WhenAny(begun.Task, taking);
            int left = at;
            copy.Hook.OnCall = async (_, _) =>
            {
                if (left-- == 0)
                {
                    wasReached = true;
                    goOn.SetResult();
                    try
                    {
                        Assert.Equal(0, (await taking).Record.AddedBytes);
                        done++;
                    }
                    catch (StoreException e) when (e.Fault is StoreFault.Locked)
                    {
                        // The prune holds the lock just then, and it would have waited.
                    }
                }
            };
            try
            {
                await copy.PruneAsync();
            }
            finally
            {
                goOn.TrySetResult();
            }

            copy.Hook.OnCall = (_, _) => Task.CompletedTask;
            if (!wasReached)
            {
                await taking;
            }

            await copy.CheckAsync($"ended before call {at}");
            await copy.PruneAsync(store: other);
            await copy.CheckAsync($"pruned again, ended before call {at}");
            Assert.Empty(await other.Parts.Condemned.ListAsync(default));
        }

        Assert.InRange(at, 15, 500);
        Assert.InRange(done, 10, at);
    }

    private static async Task EverywhereAsync(
        Func<PruneWorld, Repository, Snapshot, Task> meanwhile, Func<PruneWorld, Repository, Task>? atFirst = null)
    {
        bool wasReached = true;
        int at = 0, done = 0;
        await using PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot dead = await world.SnapshotAsync(PruneTests.Source(1, files: 12, size: 300));
        Snapshot sparse = await world.SnapshotAsync(PruneTests.Source(2, files: 30, size: 300));
        await world.SnapshotAsync(PruneTests.Source(2, files: 4, size: 300));
        await world.ForgetAsync(dead);
        await world.ForgetAsync(sparse);
        for (; wasReached; at++)
        {
            wasReached = false;
            await using PruneWorld copy = await world.CopyAsync();
            (Repository other, _) = await copy.OpenAsync();
            int left = at;
            bool isBegun = false;
            copy.Hook.OnCall = async (call, name) =>
            {
                // By then it has looked which snapshots there are, and is at the packs.
                if (atFirst is not null && call == "read" && name.StartsWith("packs/", StringComparison.Ordinal)
                    && !isBegun)
                {
                    isBegun = true;
                    await atFirst(copy, other);
                }

                if (left-- == 0)
                {
                    wasReached = true;
                    try
                    {
                        await meanwhile(copy, other, dead);
                        done++;
                    }
                    catch (StoreException e) when (e.Fault is StoreFault.Locked)
                    {
                        // The prune holds the lock just then, and the other would have waited.
                    }
                }
            };
            await copy.PruneAsync();
            copy.Hook.OnCall = (_, _) => Task.CompletedTask;
            await copy.CheckAsync($"stopped before call {at}");
            await copy.PruneAsync(store: other);
            await copy.CheckAsync($"pruned again, stopped before call {at}");
        }

        Assert.InRange(at, 40, 1000);
        Assert.InRange(done, 20, at);
    }
}
