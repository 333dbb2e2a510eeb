using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Backends;
using JadaStore.Store.Tests.Packs;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Prune;

/// <summary>
/// A snapshot is stopped before each call that it makes of the disk; there other processes forget and prune; then it
/// goes on. It must end with a snapshot that is whole, whatever was done to it.
/// </summary>
public sealed class PruneBesideSnapshotTests
{
    /// <summary>What it builds on is forgotten and pruned without grace while it runs.</summary>
    [Fact]
    public Task What_a_running_snapshot_builds_on_stays() => EverywhereAsync(async (world, other, first) =>
    {
        await world.ForgetAsync(other, first);
        await world.PruneAsync(store: other);
    });

    /// <summary>
    /// What it builds on was forgotten before it began, and was not condemned yet: no snapshot keeps it, only that the
    /// running one has not seen it condemned.
    /// </summary>
    [Fact]
    public Task What_was_forgotten_and_not_yet_condemned_when_it_began_stays() => EverywhereAsync(
        async (world, other, _) => await world.PruneAsync(store: other),
        (world, first) => world.ForgetAsync(first));

    /// <summary>As the first, and the packs were condemned when it began: it must not build on those.</summary>
    [Fact]
    public Task What_was_condemned_before_is_not_built_on() => EverywhereAsync(
        async (world, other, _) => await world.PruneAsync(store: other),
        async (world, first) =>
        {
            // By another process: this one must look for itself.
            (Repository second, _) = await world.OpenAsync();
            await world.ForgetAsync(second, first);
            await world.PruneAsync(TimeSpan.FromDays(1), second);
            world.Clock.Pass(TimeSpan.FromDays(1));
        });

    /// <summary>
    /// Another snapshot of the same comes and goes meanwhile; the packs of both are condemned at once.
    /// </summary>
    [Fact]
    public Task What_another_snapshot_brought_meanwhile_does_not_go_away_under_it() => EverywhereAsync(async (world, other, first) =>
    {
        Snapshot same = await world.SnapshotAsync(other, Now());
        await world.PruneAsync(store: other);
        await world.ForgetAsync(other, same);
        await world.ForgetAsync(other, first);
        await world.PruneAsync(store: other);
        await world.PruneAsync(store: other);
    });

    /// <summary>The packs that it needs are rewritten by the prune.</summary>
    [Fact]
    public Task What_is_rewritten_meanwhile_is_found_where_it_lies_then() => EverywhereAsync(async (world, other, first) =>
    {
        Snapshot narrow = await world.SnapshotAsync(other, PruneTests.Source(1, files: 2, size: 300));
        await world.ForgetAsync(other, first);
        await world.PruneAsync(store: other);
        await world.PruneAsync(store: other);
        await world.ForgetAsync(other, narrow);
        await world.PruneAsync(store: other);
    });

    /// <summary>
    /// It carries over, unread, what lies in packs that were condemned while an earlier snapshot built on them; it
    /// knows that they are condemned, so only the snapshot that it carries over from keeps them, and that is forgotten.
    /// </summary>
    [Fact]
    public Task What_it_carries_over_stays_though_it_knows_that_the_packs_are_condemned() => EverywhereAsync(
        async (world, other, _) =>
        {
            IReadOnlyList<Snapshot> all = await other.ListAsync(default);
            await world.ForgetAsync(other, all[^1]);
            await world.PruneAsync(store: other);
        },
        async (world, first) =>
        {
            (Repository second, HookedBackend hook) = await world.OpenAsync();
            bool isDone = false;
            hook.OnCall = async (call, _) =>
            {
                if (call == "begin" && !isDone)
                {
                    isDone = true;
                    await world.ForgetAsync(first);
                    await world.PruneAsync();
                }
            };
            MemorySource source = world.Source;
            source["more"] = MemoryFile.Of(Seeded.Bytes(5, 300));
            await world.SnapshotAsync(second, source);
            hook.OnCall = (_, _) => Task.CompletedTask;
            Assert.NotEmpty(await world.Store.Parts.Condemned.ListAsync(default));
        });

    /// <summary>Its pack of content is there, and its record is not yet.</summary>
    [Fact]
    public async Task What_a_running_snapshot_has_written_is_left_alone_and_the_prune_says_whose_it_is()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        (Repository other, _) = await world.OpenAsync();
        PruneReport? beside = null;
        world.Hook.OnCall = async (call, _) =>
        {
            if (call == "commit" && world.Packs.Count() == 1)
            {
                beside = await world.PruneAsync(store: other);
            }
        };
        await world.SnapshotAsync(PruneTests.Source(1, files: 5));
        world.Hook.OnCall = (_, _) => Task.CompletedTask;

        HeldPacks held = Assert.Single(beside!.Held);
        Assert.Contains("jstore snapshot", held.Holder, StringComparison.Ordinal);
        Assert.Equal((1, 0, 0), (held.Packs.Packs, beside.Condemned.Packs, beside.Deleted.Packs));
        Assert.Equal(0, (await world.PruneAsync(store: other)).Revived.Packs);
        await world.CheckAsync("after both");
    }

    // Half of the first, and something new.
    private static MemorySource Now()
    {
        MemorySource now = PruneTests.Source(1, files: 12, size: 300);
        for (int i = 0; i < 3; i++)
        {
            now[$"new{i}"] = MemoryFile.Of(Seeded.Bytes(77 + i, 300));
        }

        return now;
    }

    private static async Task EverywhereAsync(
        Func<PruneWorld, Repository, Snapshot, Task> meanwhile, Func<PruneWorld, Snapshot, Task>? before = null)
    {
        bool wasReached = true;
        int at = 0;
        for (; wasReached; at++)
        {
            wasReached = false;
            await using PruneWorld world = await PruneWorld.MakeAsync();

            // Unchanged at the source when the second is taken, so that it is carried over unread.
            MemorySource source = world.Source = PruneTests.Source(1, files: 24, size: 300);
            Snapshot first = await world.SnapshotAsync(source);
            foreach (int gone in Enumerable.Range(12, 12))
            {
                source.Remove($"f{gone:000}");
            }

            source["new0"] = MemoryFile.Of(Seeded.Bytes(77, 300));
            source["old"] = MemoryFile.Of(Seeded.Bytes(1015, 300));
            if (before is not null)
            {
                await before(world, first);
            }

            (Repository other, _) = await world.OpenAsync();
            int left = at;
            bool isLocked = false;
            world.Hook.OnCall = async (_, _) =>
            {
                if (left-- == 0)
                {
                    wasReached = true;
                    try
                    {
                        await meanwhile(world, other, first);
                    }
                    catch (StoreException e) when (e.Fault is StoreFault.Locked)
                    {
                        // It holds the lock just then, and the others would have waited.
                        isLocked = true;
                    }
                }
            };
            await world.SnapshotAsync(source);
            world.Hook.OnCall = (_, _) => Task.CompletedTask;

            // What had to wait for it is freed now, and it still is whole.
            await world.PruneAsync(store: other);
            PruneReport report = await world.PruneAsync(store: other);
            Assert.Empty(report.Held);

            // What nothing needs is deleted by now, and what it needs counts as stored again.
            Assert.Empty(await other.Parts.Condemned.ListAsync(default));
            await world.CheckAsync($"stopped before call {at}{(isLocked ? ", locked" : "")}");
        }

        Assert.InRange(at, 10, 500);
    }
}
