using JadaStore.Store.Catalog;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using Microsoft.Data.Sqlite;

namespace JadaStore.Store.Tests.Prune;

/// <summary>
/// The catalog is a cache: that it fails in the middle of a prune may end the prune, and costs no data.
/// </summary>
public sealed class PruneCatalogTests
{
    /// <summary>
    /// From any moment on another process holds the catalog, so that an empty one takes its place: what it does not
    /// know any more must be neither left behind nor taken for proven.
    /// </summary>
    [Fact]
    public async Task A_catalog_that_fails_at_any_moment_of_a_prune_costs_no_data()
    {
        await using PruneWorld world = await PruneCrashTests.WorldAsync();
        int freed = 0, at = 0;
        for (bool wasReached = true; wasReached; at += 6)
        {
            wasReached = false;
            await using PruneWorld copy = await world.CopyAsync(TimeSpan.Zero);
            Database? holder = null;
            int left = at;
            copy.Hook.OnCall = (_, _) =>
            {
                if (left-- == 0)
                {
                    wasReached = true;
                    holder = Database.Open(Path.Combine(copy.Folder, "catalog.db"), SqliteOpenMode.ReadWrite);
                    holder.Execute("BEGIN IMMEDIATE");
                }

                return Task.CompletedTask;
            };
            try
            {
                PruneReport report = await copy.PruneAsync();
                freed += report.Rewritten.Packs > 0 && report.Deleted.Packs > 0 ? 1 : 0;
            }
            catch (StoreException e) when (CatalogFault.Is(e))
            {
                // Nobody has to prune without a catalog.
            }

            holder?.Dispose();
            copy.Hook.OnCall = (_, _) => Task.CompletedTask;
            await copy.CheckAsync($"held from call {at} on");
        }

        Assert.InRange(at, 60, 1000);
        Assert.InRange(freed, 3, at);
    }

    /// <summary>
    /// Two blocks are exchanged in it, so what it says is needed lies in one and what is needed in the other: a rewrite
    /// would copy just as many bytes, and the wrong ones.
    /// </summary>
    [Fact]
    public async Task A_catalog_that_says_something_else_than_the_packs_removes_nothing()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot wide = await world.SnapshotAsync(PruneTests.Source(1, files: 200, size: 3000));
        await world.SnapshotAsync(PruneTests.Source(1, files: 30, size: 3000));
        await world.ForgetAsync(wide);
        using (Database tampered = Database.Open(Path.Combine(world.Folder, "catalog.db"), SqliteOpenMode.ReadWrite))
        {
            tampered.Execute("UPDATE blocks SET frame = 1 - frame WHERE frame < 2 AND pack IN (SELECT number FROM packs WHERE purpose = 0)");
            Assert.Equal("2", tampered.Text("SELECT changes()"));
        }

        string[] before = [.. world.Memory.Objects.Keys.Order()];
        StoreException e = await Assert.ThrowsAsync<StoreException>(() => world.PruneAsync());

        Assert.Equal(StoreFault.Corrupt, e.Fault);
        Assert.Contains("jstore catalog rebuild", e.Hint, StringComparison.Ordinal);
        Assert.Equal(before, world.Memory.Objects.Keys.Order());
        await world.Store.RebuildCatalogAsync(default);
        Assert.Equal(1, (await world.PruneAsync()).Rewritten.Packs);
        await world.CheckAsync("after the catalog was made anew");
    }
}
