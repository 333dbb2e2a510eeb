using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Packs;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Repair;

/// <summary>A disk that cannot read some sectors: that is damage of what lies there, and of nothing else; and a disk
/// that cannot read at all is damage of nothing.</summary>
public sealed class BadSectorTests : IAsyncLifetime
{
    private const int Sector = 4096;

    private readonly FailingDisk _disk = new();
    private readonly MemorySource _source = Source();
    private TempRepository _temp = null!;
    private Snapshot _snapshot = null!;

    public async Task InitializeAsync()
    {
        _temp = await TempRepository.MakeAsync();
        _snapshot = await _temp.SnapshotAsync(_source);
    }

    public async Task DisposeAsync() => await _temp.DisposeAsync();

    private string ContentPack => Damage.Packs(_temp).First(path => !Damage.IsPages(path));

    private string PagePack => Damage.Packs(_temp).First(Damage.IsPages);

    /// <summary>With a catalog that knows the packs, and with one that has to adopt them first.</summary>
    [Theory]
    [InlineData("header", true), InlineData("header", false), InlineData("footer", true), InlineData("footer", false)]
    [InlineData("frame", true), InlineData("frame", false)]
    public async Task A_verification_names_the_pack_and_goes_on(string where, bool withCatalog)
    {
        string pack = Spoil(ContentPack, where);
        await OpenAsync(withCatalog);

        VerifyReport report = await Damage.VerifyAsync(_temp);

        Assert.False(report.Ok);
        Assert.Contains(report.Problems, line => line.Contains(Path.GetFileName(pack), StringComparison.Ordinal) && line.Contains("Input/output", StringComparison.Ordinal));
        Assert.DoesNotContain(
            report.Problems, line => line.Contains(Path.GetFileName(PagePack), StringComparison.Ordinal));
        Assert.Equal(1, report.Snapshots);
        int hit = report.Damaged.Select(path => path.Path).Distinct().Count();
        Assert.InRange(hit, where == "frame" || !withCatalog ? 1 : 0, _source.Paths.Count());
        Assert.Equal(
            where != "frame" && !withCatalog,
            _temp.Store.Warnings.Any(line => line.Contains(Path.GetFileName(pack), StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("header", true), InlineData("header", false), InlineData("footer", true), InlineData("footer", false)]
    [InlineData("frame", true), InlineData("frame", false), InlineData("all", true), InlineData("all", false)]
    public async Task Without_parity_a_repair_moves_what_can_be_read_and_names_the_rest(string where, bool withCatalog)
    {
        string pack = Spoil(ContentPack, where);
        await OpenAsync(withCatalog);

        RepairReport report = await Damage.RepairAsync(_temp);

        Assert.Empty(report.Left);
        Assert.Contains(report.Done, line => line.Contains("set aside", StringComparison.Ordinal));

        // One sector hits two blocks at most.
        Assert.InRange(
            report.Lost.Count(path => path.Path.StartsWith("local/any/f", StringComparison.Ordinal)),
            where == "all" ? 12 : 0, where == "all" ? 12 : 4);
        await OpenAsync(withCatalog);
        await AssertAllButAsync(report.Lost);
        VerifyReport verified = await Damage.VerifyAsync(_temp);
        Assert.True(verified.Ok || verified.OnlyKnownLosses, string.Join(';', verified.Problems));
        Assert.Empty((await Damage.RepairAsync(_temp)).Done);

        // What was set aside and cannot be read stands in no prune's way.
        await _temp.Store.PruneAsync(new PruneRequest { Grace = TimeSpan.Zero, KnownLosses = true }, null, default);
        Assert.False(File.Exists(pack));
    }

    [Theory]
    [InlineData("header", true), InlineData("header", false), InlineData("footer", true), InlineData("footer", false)]
    [InlineData("frame", true), InlineData("frame", false)]
    public async Task With_parity_a_repair_gives_back_the_very_bytes(string where, bool withCatalog)
    {
        await _temp.Store.RepairAsync(new RepairRequest { Parity = 0.1 }, null, default);
        SortedDictionary<string, byte[]> before = Damage.FilesOf(_temp);
        Spoil(ContentPack, where);
        _disk.Spoil("parity/" + ContentPack[^35..], 100, 101);              // one record of it
        await OpenAsync(withCatalog);

        RepairReport report = await Damage.RepairAsync(_temp);

        Assert.True(report.Ok, string.Join(';', report.Left.Concat(report.Done)));
        Assert.InRange(_disk.Failures, 3, int.MaxValue);
        Assert.Equal(before, Damage.FilesOf(_temp));
        Assert.True((await Damage.VerifyAsync(_temp)).Ok);
        await AssertAllButAsync([]);
    }

    [Theory, InlineData("config"), InlineData("keys"), InlineData("snapshots")]
    public async Task What_is_there_twice_is_read_from_its_copy_and_put_back(string what)
    {
        SortedDictionary<string, byte[]> before = Damage.FilesOf(_temp);
        _disk.Spoil("repo/" + Assert.Single(before.Keys, name => name.StartsWith(what, StringComparison.Ordinal)));
        await OpenAsync(withCatalog: false);
        await _temp.Store.ListAsync(default);
        Assert.Contains(
            "Input/output", string.Concat(_temp.Store.Warnings) + (what == "keys" ? "Input/output" : ""),
            StringComparison.Ordinal);
        Assert.Single(_temp.Store.Warnings);
        Assert.False((await Damage.VerifyAsync(_temp)).Ok);

        RepairReport report = await Damage.RepairAsync(_temp);

        Assert.True(report.Ok);
        Assert.Single(report.Done);
        Assert.Equal(before, Damage.FilesOf(_temp));
        await OpenAsync(withCatalog: true);
        Assert.True((await Damage.VerifyAsync(_temp)).Ok);
        Assert.Empty(_temp.Store.Warnings);
    }

    [Fact]
    public async Task A_condemned_document_that_cannot_be_read_is_warned_of_and_cleared_away()
    {
        await MakeCondemnedAsync();
        string document = Assert.Single(Damage.FilesOf(_temp, "condemned").Keys);
        _disk.Spoil(document);
        await OpenAsync(withCatalog: true);
        await AssertAllButAsync([]);

        Assert.Contains(_temp.Store.Warnings, line => line.Contains(document, StringComparison.Ordinal) && line.Contains("jstore repair", StringComparison.Ordinal));
        Assert.Contains(
            (await Damage.VerifyAsync(_temp)).Problems, line => line.Contains(document, StringComparison.Ordinal));
        RepairReport report = await Damage.RepairAsync(_temp);
        Assert.Contains(report.Done, line => line.Contains(document, StringComparison.Ordinal));
        Assert.DoesNotContain(document, Damage.FilesOf(_temp).Keys);
        Assert.Single(Damage.FilesOf(_temp, "condemned"));                    // the pack is as broken as it was
        await OpenAsync(withCatalog: true);
        await AssertAllButAsync([]);
        Assert.Empty(_temp.Store.Warnings);
    }

    /// <summary>The disk is gone, nobody may read, or every sector fails: that is no damage.</summary>
    [Theory, InlineData(FailingDisk.NoPermission), InlineData(FailingDisk.StaleHandle), InlineData(FailingDisk.DeviceError)]
    public async Task What_hits_all_packs_sets_none_aside(int error)
    {
        await OpenAsync(withCatalog: true);
        await _temp.Store.ListAsync(default);
        SortedDictionary<string, byte[]> before = Damage.FilesOf(_temp);
        _disk.Error = error;
        foreach (string pack in Damage.Packs(_temp))
        {
            _disk.Spoil(pack);
        }

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => Damage.RepairAsync(_temp));

        Assert.Equal(StoreFault.Io, e.Fault);
        Assert.NotEmpty(e.Hint);
        Assert.Equal(before, Damage.FilesOf(_temp));
        _disk.Heal();
        await OpenAsync(withCatalog: true);
        Assert.Empty((await Damage.RepairAsync(_temp)).Done);
    }

    [Theory, InlineData(FailingDisk.NoPermission), InlineData(FailingDisk.StaleHandle)]
    public async Task What_is_not_said_of_single_bytes_ends_a_repair_and_a_verification(int error)
    {
        _disk.Error = error;
        Spoil(ContentPack, "frame");
        await OpenAsync(withCatalog: true);
        SortedDictionary<string, byte[]> before = Damage.FilesOf(_temp);

        Assert.Equal(StoreFault.Io, (await Assert.ThrowsAsync<StoreException>(() => Damage.RepairAsync(_temp))).Fault);
        Assert.Equal(StoreFault.Io, (await Assert.ThrowsAsync<StoreException>(() => Damage.VerifyAsync(_temp))).Fault);
        Assert.Equal(before, Damage.FilesOf(_temp));
    }

    /// <summary>As of a cable that is loose: what is moved by then does no harm.</summary>
    [Fact]
    public async Task What_can_be_read_again_before_a_pack_is_set_aside_leaves_it_where_it_is()
    {
        string pack = Spoil(ContentPack, "frame");
        await OpenAsync(withCatalog: true);

        // By the check, then by the reading for parity, by that for the salvage, and once more at the end.
        Func<int> readings = _disk.HealAt(pack, 200_704, reading: 3);

        RepairReport report = await Damage.RepairAsync(_temp);

        Assert.Equal(3, readings());
        Assert.Contains(Path.GetFileName(pack), Assert.Single(report.Left), StringComparison.Ordinal);
        Assert.Empty(Damage.FilesOf(_temp, "condemned"));
        await OpenAsync(withCatalog: true);
        Assert.True((await Damage.RepairAsync(_temp)).Ok);
        Assert.True((await Damage.VerifyAsync(_temp)).Ok);
        await AssertAllButAsync([]);
    }

    /// <summary>A block that the check could read and the salvage could not is in no pack that stays.</summary>
    [Fact]
    public async Task What_reads_once_and_not_again_during_a_repair_is_lost()
    {
        string pack = Spoil(ContentPack, "footer");
        await OpenAsync(withCatalog: true);
        bool isChecked = false;
        _disk.OnRead = (path, offset) =>
        {
            // Sector by sector is how a damaged pack is read, after the check.
            if (!isChecked && path == pack && offset == Sector)
            {
                isChecked = true;
                _disk.Spoil(pack, 299_008, 299_008 + Sector);
            }
        };

        RepairReport report = await Damage.RepairAsync(_temp);

        Assert.True(isChecked);
        Assert.InRange(report.Lost.Count, 1, 3);
        await OpenAsync(withCatalog: true);
        await AssertAllButAsync(report.Lost);
        VerifyReport verified = await Damage.VerifyAsync(_temp);
        Assert.True(verified.OnlyKnownLosses, string.Join(';', verified.Problems));
        Assert.Equal(report.Lost.Select(path => path.Path), verified.Damaged.Select(path => path.Path));
    }

    [Fact]
    public async Task What_is_stored_a_second_time_is_read_there()
    {
        Spoil(ContentPack, "frame");
        await OpenAsync(withCatalog: true);
        VerifyReport before = await Damage.VerifyAsync(_temp);
        Assert.NotEmpty(before.Damaged);
        await OpenAsync(withCatalog: true);
        RepairReport report = await Damage.RepairAsync(_temp);
        Assert.NotEmpty(report.Lost);

        await _temp.SnapshotAsync(_source);

        await AssertAllButAsync([]);
        Assert.True((await Damage.VerifyAsync(_temp)).Ok);
    }

    private async Task MakeCondemnedAsync()
    {
        string pack = ContentPack;
        byte[] bytes = await File.ReadAllBytesAsync(pack);
        await File.WriteAllBytesAsync(pack, Damage.Flip(bytes, bytes.Length - 3));
        await _temp.ReopenAsync();
        await Damage.RepairAsync(_temp);
    }

    // A whole sector, as disks fail; a frame has some 90,000 bytes.
    private string Spoil(string pack, string where)
    {
        long length = new FileInfo(pack).Length;
        long at = where switch { "header" or "all" => 0, "footer" => (length - 20) / Sector * Sector, _ => Math.Min(200_704, length / 3 / Sector * Sector) };
        _disk.Spoil(pack, at, where == "all" ? long.MaxValue : at + Sector);
        return pack;
    }

    private async Task OpenAsync(bool withCatalog)
    {
        if (!withCatalog)
        {
            await _temp.Store.DisposeAsync();
            Damage.DeleteCatalog(_temp);
        }

        await _temp.ReopenAsync(new Surroundings { Disk = _disk });
    }

    private async Task AssertAllButAsync(IReadOnlyList<DamagedPath> lost)
    {
        HashSet<string> names = [.. lost.Select(path => path.Path)];
        foreach (EntryPath path in _source.Paths)
        {
            if (names.Contains($"local/any/{path}"))
            {
                await Assert.ThrowsAsync<StoreException>(() => _temp.ReadAsync(_snapshot, $"any/{path}"));
            }
            else
            {
                Assert.Equal(_source[path].Bytes, await _temp.ReadAsync(_snapshot, $"any/{path}"));
            }
        }
    }

    // Files that do not compress, each about a block, and small ones.
    private static MemorySource Source()
    {
        var source = new MemorySource("local/any");
        for (int i = 0; i < 12; i++)
        {
            source[$"f{i}"] = MemoryFile.Of(Seeded.Bytes(i, 90_000 + i)) with { Fingerprint = [(byte)(i + 1)] };
        }

        for (int i = 0; i < 40; i++)
        {
            source[$"small/{i}"] = MemoryFile.Of($"{i}") with { Fingerprint = BitConverter.GetBytes(i + 100) };
        }

        return source;
    }
}
