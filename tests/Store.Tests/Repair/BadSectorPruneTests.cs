using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Packs;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Repair;

/// <summary>What else meets a sector that the disk cannot read, when the pack was set aside or before.</summary>
public sealed class BadSectorPruneTests : IAsyncLifetime
{
    private readonly FailingDisk _disk = new();
    private TempRepository _temp = null!;

    public async Task InitializeAsync() => _temp = await TempRepository.MakeAsync();

    public async Task DisposeAsync() => await _temp.DisposeAsync();

    [Fact]
    public async Task A_lost_list_of_extents_is_a_known_loss_for_a_prune()
    {
        var source = new MemorySource("local/any");
        byte[] shared = Seeded.Bytes(5, 9_000_000);
        for (int i = 0; i < 10; i++)
        {
            source[$"f{i:d3}"] =
                MemoryFile.Of([.. Seeded.Bytes(100 + i, 5000), .. shared]) with { Fingerprint = [(byte)(i + 1)] };
        }

        await _temp.SnapshotAsync(source);
        await SpoilPagesAndRepairAsync(Damage.Packs(_temp).Single(Damage.IsPages));

        PruneReport report = await _temp.Store.PruneAsync(
            new PruneRequest { Grace = TimeSpan.Zero, KnownLosses = true }, null, default);

        Assert.True(report.Deleted.Packs > 0);
    }

    [Fact]
    public async Task A_lost_page_of_what_was_forgotten_holds_no_prune_up()
    {
        Snapshot first = await _temp.SnapshotAsync(Small(3));
        string pages = Damage.Packs(_temp).Single(Damage.IsPages);
        await _temp.SnapshotAsync(Small(4, size: 8000));
        await _temp.Store.ForgetAsync(new ForgetRequest { Snapshots = [first.Record.Name] }, default);
        RepairReport repaired = await SpoilPagesAndRepairAsync(pages);
        Assert.Empty(repaired.Lost);

        await _temp.Store.PruneAsync(new PruneRequest(), null, default);
    }

    /// <summary>Of a source with subtrees no less than of another.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_parent_whose_page_cannot_be_read_does_not_stop_a_snapshot(bool hasSubtrees)
    {
        var files = new MemorySource("local/any");
        for (int i = 0; i < 5; i++)
        {
            files[$"zip{i}/"] = MemoryFile.Folder();
            files[$"zip{i}/f"] = MemoryFile.Of($"content {i}") with { Fingerprint = [1] };
        }

        ICollector source = hasSubtrees ? new SubtreeSource(files, "zip0/", "zip1/", "zip2/") : files;
        await _temp.SnapshotAsync(source);
        _disk.Spoil(Damage.Packs(_temp).Single(Damage.IsPages), 40, 41);
        await _temp.ReopenAsync(new Surroundings { Disk = _disk });

        Snapshot next = await _temp.SnapshotAsync(source);

        Assert.Equal(10, next.Record.Sources[0].Entries);
    }

    /// <summary>The first and its copy were written one after the other, and may be neighbours on the disk.</summary>
    [Fact]
    public async Task A_record_that_cannot_be_read_in_either_place_hides_no_other()
    {
        Snapshot first = await _temp.SnapshotAsync(Small(3));
        Snapshot second = await _temp.SnapshotAsync(Small(4));
        _disk.Spoil("snapshots/" + second.Id);
        await _temp.Store.DisposeAsync();
        Damage.DeleteCatalog(_temp);
        await _temp.ReopenAsync(new Surroundings { Disk = _disk });

        Assert.Equal(first.Id, Assert.Single(await _temp.Store.ListAsync(default)).Id);
        Assert.NotEmpty((await Damage.VerifyAsync(_temp)).Problems);
        Assert.Contains(
            (await Damage.RepairAsync(_temp)).Left,
            line => line.Contains(second.Id.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disk_that_reads_again_before_the_salvage_leaves_the_pack_where_it_is()
    {
        await _temp.SnapshotAsync(Small(3, size: 90_000));
        string pack = Damage.Packs(_temp).Single(one => !Damage.IsPages(one));
        _disk.Spoil(pack, 200_704, 204_800);
        await _temp.ReopenAsync(new Surroundings { Disk = _disk });

        // The second is the reading for the parity, the one after it that for the salvage.
        Func<int> readings = _disk.HealAt(pack, 200_704, reading: 2);

        RepairReport report = await Damage.RepairAsync(_temp);

        Assert.Equal(2, readings());
        Assert.Contains("repair again", Assert.Single(report.Left), StringComparison.Ordinal);
        Assert.Empty(report.Done);
        Assert.Empty(report.Lost);
        Assert.True(File.Exists(pack));
        Assert.Empty(_temp.Store.Parts.Index.Condemned);
    }

    private async Task<RepairReport> SpoilPagesAndRepairAsync(string pages)
    {
        _disk.Spoil(pages, 40, 41);
        await _temp.ReopenAsync(new Surroundings { Disk = _disk });
        RepairReport report = await Damage.RepairAsync(_temp);
        await _temp.ReopenAsync(new Surroundings { Disk = _disk });
        return report;
    }

    private static MemorySource Small(int seed, int size = 9000)
    {
        var source = new MemorySource("local/any");
        for (int i = 0; i < 12; i++)
        {
            source[$"f{i:d3}"] =
                MemoryFile.Of(Seeded.Bytes((seed * 1000) + i, size + i)) with { Fingerprint = [(byte)(i + 1)] };
        }

        return source;
    }
}
