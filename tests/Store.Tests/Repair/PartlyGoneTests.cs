using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Packs;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Repair;

/// <summary>Snapshots of which the record is gone, its copy too, and something of what it names.</summary>
public sealed class PartlyGoneTests
{
    /// <summary>Of what the other source holds nothing was lost: a prune must not find that nobody needs it.</summary>
    [Fact]
    public async Task What_is_left_of_a_snapshot_that_only_the_catalog_tells_of_comes_back()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource whole = Source("local/b", seed: 2);
        Snapshot first = await temp.SnapshotAsync(whole);
        string[] before = Damage.Packs(temp);
        Snapshot both = await temp.SnapshotAsync(Source("local/a", seed: 1), whole);
        Array.ForEach([.. Damage.Packs(temp).Except(before).Where(Damage.IsPages)], File.Delete);
        DeleteRecord(temp, first);
        DeleteRecord(temp, both);
        temp.Store.Parts.Index.RemoveRecord(first.Id);
        await temp.ReopenAsync();

        RepairReport report = await Damage.RepairAsync(temp);

        Assert.False(report.Ok);
        Assert.Equal(both.Id, Assert.Single(await temp.Store.ListAsync(default)).Id);
        Assert.All(report.Lost, lost => Assert.StartsWith("local/a", lost.Path.ToString(), StringComparison.Ordinal));
        Assert.NotEmpty(report.Lost);
        await temp.Store.PruneAsync(new PruneRequest { Grace = TimeSpan.Zero, KnownLosses = true }, null, default);
        RestoreReport restored = await temp.Store.RestoreAsync(
            new RestoreRequest { Snapshot = both, Paths = ["local/b"] }, new MemoryTarget(), null, default);
        Assert.Equal(12, restored.Files);
        Assert.Empty(restored.Errors);
    }

    /// <summary>Its pages come back only with the packs that are mended, after records were looked at.</summary>
    [Fact]
    public async Task One_repair_brings_back_the_record_too_when_parity_brings_back_its_pages()
    {
        await using TempRepository temp = await TempRepository.MakeAsync(parity: 1);
        Snapshot snapshot = await temp.SnapshotAsync(Source("local/any", seed: 3));
        DeleteRecord(temp, snapshot);
        File.Delete(Damage.Packs(temp).Single(Damage.IsPages));
        await temp.ReopenAsync();

        RepairReport report = await Damage.RepairAsync(temp);

        Assert.True(report.Ok, string.Join('\n', report.Left));
        Assert.Equal(snapshot.Id, Assert.Single(await temp.Store.ListAsync(default)).Id);
        Assert.Empty((await Damage.VerifyAsync(temp)).Damaged);
    }

    private static void DeleteRecord(TempRepository temp, Snapshot snapshot)
    {
        File.Delete(Path.Combine(temp.Folder, "snapshots", snapshot.Id.ToString()));
        File.Delete(Path.Combine(temp.Folder, "copies", "snapshots", snapshot.Id.ToString()));
    }

    private static MemorySource Source(string root, int seed)
    {
        var source = new MemorySource(root);
        for (int i = 0; i < 12; i++)
        {
            source[$"f{i:d3}"] =
                MemoryFile.Of(Seeded.Bytes((seed * 1000) + i, 9000 + i)) with { Fingerprint = [(byte)(i + 1)] };
        }

        return source;
    }
}
