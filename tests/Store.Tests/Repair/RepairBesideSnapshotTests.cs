using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Backends;
using JadaStore.Store.Tests.Packs;
using JadaStore.Store.Tests.Pipeline;
using JadaStore.Store.Tests.Prune;

namespace JadaStore.Store.Tests.Repair;

/// <summary>A repair does not see what a snapshot that runs beside it builds on.</summary>
public sealed class RepairBesideSnapshotTests
{
    /// <summary>
    /// No snapshot that there is needs the pack, so nothing is lost; the one that comes does, and the next looks again.
    /// </summary>
    [Fact]
    public async Task What_a_running_snapshot_took_from_a_pack_that_is_set_aside_is_stored_again_by_the_next()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        MemorySource source = PruneTests.Source(1, files: 5);
        await world.ForgetAsync(await world.SnapshotAsync(source));
        string content = world.Packs.Single(name => world.Memory.Objects[name][9] == 0);
        (Repository running, HookedBackend hook) = await world.OpenAsync();
        bool isDone = false;
        RepairReport? repaired = null;
        hook.OnCall = async (call, _) =>
        {
            // It has found all that it needs by the time that it begins a pack.
            if (!isDone && call == "begin")
            {
                isDone = true;
                world.Memory.Objects[content] = Damage.Flip(world.Memory.Objects[content], 60);
                repaired = await world.Store.RepairAsync(new RepairRequest(), null, default);
            }
        };
        source["new"] = MemoryFile.Of(Seeded.Bytes(9, 300));
        Snapshot taken = await world.SnapshotAsync(running, source);
        Assert.Empty(repaired!.Lost);
        Assert.Contains(repaired.Done, line => line.Contains("set aside", StringComparison.Ordinal));

        (Repository later, _) = await world.OpenAsync();
        Snapshot next = await world.SnapshotAsync(later, source);

        Assert.True(next.Record.AddedBytes > 0);
        await world.CheckAsync($"{next.Record.Name} after {taken.Record.Name}");
    }
}
