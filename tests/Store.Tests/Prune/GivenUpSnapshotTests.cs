using JadaStore.Store.Catalog;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Pipeline;
using JadaStore.Store.Tests.Repair;
using Microsoft.Data.Sqlite;

namespace JadaStore.Store.Tests.Prune;

/// <summary>What is left of a snapshot once a prune has given it up: no trace that looks like a loss.</summary>
public sealed class GivenUpSnapshotTests
{
    [Fact]
    public async Task The_catalog_has_dropped_its_record_before_the_document_goes_that_says_it_was_forgotten()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot gone = await world.SnapshotAsync(PruneTests.Source(1, files: 5));
        byte[] record = world.Memory.Objects[$"snapshots/{gone.Id}"];
        await world.ForgetAsync(gone);

        // As after a power cut, which may undo the last changes of a catalog.
        world.Store.Parts.Index.AddRecord(gone.Id, record);
        var rows = new List<string>();
        world.Hook.OnCall = (call, name) =>
        {
            if (call == "delete" && name == $"forgotten/{gone.Id}")
            {
                using Database other = Database.Open(Path.Combine(world.Folder, "catalog.db"), SqliteOpenMode.ReadOnly);
                rows.Add(other.Text("SELECT count(*) FROM snapshots"));
            }

            return Task.CompletedTask;
        };
        PruneReport report = await world.PruneAsync();

        Assert.Equal(["0"], rows);
        Assert.Equal(1, report.Expired);
        await world.CheckAsync("after the prune");
    }

    [Fact]
    public async Task Where_the_catalog_cannot_be_changed_a_snapshot_is_given_up_by_the_next_prune()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot gone = await world.SnapshotAsync(PruneTests.Source(1, files: 5));
        await world.ForgetAsync(gone);
        await using PruneWorld copy = await world.CopyAsync(TimeSpan.Zero);
        PruneReport held;
        using (Database holder = Database.Open(Path.Combine(copy.Folder, "catalog.db"), SqliteOpenMode.ReadWrite))
        {
            holder.Execute("BEGIN IMMEDIATE");
            held = await copy.PruneAsync();
        }

        Assert.Contains($"forgotten/{gone.Id}", copy.Memory.Objects.Keys);
        (Repository next, _) = await copy.OpenAsync();
        PruneReport report = await copy.PruneAsync(store: next);

        Assert.Equal((0, 1), (held.Expired, report.Expired));
        Assert.Equal((2, 0), (held.Deleted.Packs, report.Deleted.Packs));
        await copy.CheckAsync("after both");
    }

    [Fact]
    public async Task An_old_catalog_that_tells_of_it_stops_a_prune_until_a_repair_drops_that()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot gone = await temp.SnapshotAsync(PruneTests.Source(1, files: 5));
        Snapshot stays = await temp.SnapshotAsync(PruneTests.Source(2, files: 5));
        string catalog = Path.Combine(temp.Folder, "catalog.db");
        await temp.Store.DisposeAsync();
        byte[] old = await File.ReadAllBytesAsync(catalog);
        await temp.ReopenAsync();
        await Forgetting.ForgetAsync(temp.Store.Parts, gone);
        Assert.Equal(1, (await PruneAsync(temp)).Expired);
        await temp.Store.DisposeAsync();
        await File.WriteAllBytesAsync(catalog, old);
        await temp.ReopenAsync();

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => PruneAsync(temp));
        RepairReport repaired = await Damage.RepairAsync(temp);
        PruneReport pruned = await PruneAsync(temp);

        Assert.Equal(StoreFault.Corrupt, refused.Fault);
        Assert.Contains("jstore repair", refused.Hint, StringComparison.Ordinal);
        Assert.Contains(gone.Id.ToString(), Assert.Single(repaired.Done), StringComparison.Ordinal);
        Assert.Empty(repaired.Left);
        Assert.Equal((0, 0), (pruned.Condemned.Packs, pruned.Expired));
        Assert.Equal([stays.Id], (await temp.Store.ListAsync(default)).Select(snapshot => snapshot.Id));
        Assert.True((await Damage.VerifyAsync(temp)).Ok);
    }

    /// <summary>
    /// Its record, the copy of that and its pages were deleted by hand: parity brings the pages back, and then it
    /// comes.
    /// </summary>
    [Fact]
    public async Task A_record_that_only_the_catalog_has_is_not_dropped_while_its_pages_may_come_back()
    {
        await using TempRepository temp = await TempRepository.MakeAsync(parity: 1);
        MemorySource source = PruneTests.Source(1, files: 5);
        Snapshot snapshot = await temp.SnapshotAsync(source);
        File.Delete(Path.Combine(temp.Folder, "snapshots", snapshot.Id.ToString()));
        File.Delete(Path.Combine(temp.Folder, "copies", "snapshots", snapshot.Id.ToString()));
        File.Delete(Damage.Packs(temp).Single(Damage.IsPages));
        await temp.ReopenAsync();
        Assert.Empty(await temp.Store.ListAsync(default));

        await Damage.RepairAsync(temp);
        await Damage.RepairAsync(temp);

        Snapshot back = Assert.Single(await temp.Store.ListAsync(default));
        Assert.Equal(snapshot.Id, back.Id);
        Assert.Equal(source["f003"].Bytes, await temp.ReadAsync(back, "any/f003"));
    }

    private static Task<PruneReport> PruneAsync(TempRepository temp) =>
        temp.Store.PruneAsync(new PruneRequest { Grace = TimeSpan.Zero }, null, default);
}
