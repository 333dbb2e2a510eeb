using JadaStore.Store.Catalog;
using JadaStore.Store.Requests;
using Microsoft.Data.Sqlite;

namespace JadaStore.Store.Tests.Prune;

/// <summary>The catalog is a cache: that it fails in the middle of a prune may end the prune, and costs no data.</summary>
public sealed class PruneCatalogTests
{
    /// <summary>
    /// From any moment on another process holds the catalog, so that an empty one takes its place: what it does not know
    /// any more must be neither left behind nor taken for proven.
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
}
