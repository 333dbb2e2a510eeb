using JadaStore.Store.Model;

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
                if (atFirst is not null && call == "read" && name.StartsWith("packs/", StringComparison.Ordinal) && !isBegun)
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
