using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Crash;
using Microsoft.Data.Sqlite;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>Whatever became of the catalog, a repository gives the same answers.</summary>
public sealed class CatalogTroubleTests
{
    [Fact]
    public async Task Cut_at_any_length_it_is_made_anew()
    {
        await using var repository = new SimulatedRepository();
        byte[] catalog = await TakeTwoAsync(repository);
        DiskImage image = repository.Disk.Now();
        for (int length = 0; length < catalog.Length; length += length < 200 ? 33 : 2_111)
        {
            await repository.RebootAsync(image, catalog[..length]);
            await AssertRightAsync(repository, $"cut at {length}");
        }
    }

    /// <summary>
    /// SQLite has no checksums, so a catalog may say what is not: then a restore is right all the same, and a
    /// verification says that it is the catalog.
    /// </summary>
    [Fact]
    public async Task With_bytes_of_any_page_flipped_answers_are_right()
    {
        await using var repository = new SimulatedRepository();
        byte[] catalog = await TakeTwoAsync(repository);
        DiskImage image = repository.Disk.Now();
        int step = Counts.Of("JSTORE_SWEEP_STEP", 797);
        int cases = 0;
        for (int at = 3; at < catalog.Length; at += step)
        {
            byte[] flipped = [.. catalog];
            flipped[at] ^= (byte)(1 << (at % 8));
            if (flipped[at] == 0
                && catalog.AsSpan(Math.Max(0, at - 8), Math.Min(16, catalog.Length - at)).IndexOfAnyExcept((byte)0) < 0)
            {
                continue;       // in the midst of nothing
            }

            cases++;
            await repository.RebootAsync(image, flipped);
            await AssertRightAsync(repository, $"flipped at {at}");
        }

        Counts.Say($"catalog: {catalog.Length} bytes, {cases} flips");
    }

    [Fact]
    public async Task Of_another_repository_it_is_not_believed()
    {
        await using SimulatedRepository repository = new(), other = new();
        await TakeTwoAsync(repository);
        byte[] foreign = await TakeTwoAsync(other);

        await repository.RebootAsync(repository.Disk.Now(), foreign);

        await AssertRightAsync(repository, "of another");
    }

    /// <summary>
    /// A process that was killed leaves its log; a copy may have lost it, or have one that is not its own.
    /// </summary>
    [Fact]
    public async Task With_a_log_left_behind_or_lost_or_not_its_own_answers_are_right()
    {
        await using var repository = new SimulatedRepository();
        await repository.CreateAsync();
        await repository.SnapshotAsync(Days.First());
        byte[] file =
            await ReadSharedAsync(repository.CatalogPath), log = await ReadSharedAsync(repository.CatalogPath + "-wal");
        byte[] later = await TakeOneMoreAsync(repository);
        DiskImage image = repository.Disk.Now();
        Assert.NotEmpty(log);

        foreach ((byte[] database, byte[]? beside) in new[] { (file, log), (file, null), (later, log), (later, log[..5_000]) })
        {
            await repository.RebootAsync(image, database);
            if (beside is not null)
            {
                await File.WriteAllBytesAsync(repository.CatalogPath + "-wal", beside);
            }

            await AssertRightAsync(repository, $"{database.Length} and {beside?.Length}");
        }
    }

    [Fact]
    public async Task Locked_by_another_process_one_in_memory_serves()
    {
        await using var repository = new SimulatedRepository();
        await TakeTwoAsync(repository);
        using var other = new SqliteConnection($"Data Source={repository.CatalogPath};Pooling=False");
        other.Open();
        using SqliteCommand command = other.CreateCommand();
        command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; DELETE FROM chunks";
        command.ExecuteNonQuery();

        await repository.OpenAsync();

        await repository.AssertWholeAsync([], "locked");
        Snapshot next = await repository.SnapshotAsync(Days.Second());
        Assert.Equal(0, next.Record.AddedBytes);
        Assert.False(await repository.Store.RebuildCatalogAsync(default));
    }

    [Fact]
    public async Task Where_it_cannot_be_opened_one_in_memory_serves()
    {
        await using var repository = new SimulatedRepository();
        await TakeTwoAsync(repository);
        await repository.CloseAsync();
        File.Delete(repository.CatalogPath);
        Directory.CreateDirectory(repository.CatalogPath);

        await repository.OpenAsync();

        await repository.AssertWholeAsync([], "a folder stands there");
        Assert.Equal(0, (await repository.SnapshotAsync(Days.Second())).Record.AddedBytes);
        Assert.False(await repository.Store.RebuildCatalogAsync(default));
    }

    /// <summary>The catalog's file cannot grow: nothing that reads needs it to, and no snapshot fails for it.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task On_a_full_disk_one_in_memory_serves(bool isFullFromTheStart)
    {
        await using var repository = new SimulatedRepository();
        await repository.CreateAsync();
        MemorySource many = SnapshotWriterTests.Many(600);
        await repository.SnapshotAsync(many);
        await repository.CloseAsync();
        var kept = new List<bool>();
        repository.OnCatalog = catalog =>
        {
            kept.Add(catalog.IsKept);
            catalog.Database.Execute(catalog.IsKept ? "PRAGMA max_page_count = 1" : "");     // no more than there are
        };
        byte[] catalog = await File.ReadAllBytesAsync(repository.CatalogPath);
        await repository.RebootAsync(repository.Disk.Now(), isFullFromTheStart ? null : catalog);
        foreach (EntryPath path in many.Paths.ToList())
        {
            many[path] = MemoryFile.Of($"new in {path}");
        }

        await repository.OpenAsync();
        await repository.AssertWholeAsync([], "full");
        Snapshot next = await repository.SnapshotAsync(many);

        await repository.AssertWholeAsync([next.Id.ToString()], "full");
        Assert.Equal([true, false], kept);
    }

    /// <summary>It still knows packs that are gone, and not those that came.</summary>
    [Fact]
    public async Task Of_an_older_time_it_hides_no_loss_and_no_snapshot()
    {
        await using var repository = new SimulatedRepository();
        await repository.CreateAsync();
        Snapshot first = await repository.SnapshotAsync(Days.First());
        await repository.CloseAsync();
        byte[] old = await File.ReadAllBytesAsync(repository.CatalogPath);
        HashSet<string> before = [.. repository.Disk.Now().Files.Keys];
        await repository.OpenAsync();
        Snapshot second = await repository.SnapshotAsync(Days.Second());
        DiskImage image = repository.Disk.Now();
        foreach (string pack in PowerCutTests.PacksIn(image, purpose: 0).Where(pack => !before.Contains(pack)))
        {
            image = image.With(pack, null);
        }

        // The source still has what was lost: what seems unchanged must be looked for, and is read again.
        await repository.RebootAsync(image, old);
        await repository.OpenAsync();
        Assert.Equal(2, (await repository.Store.ListAsync(default)).Count);
        Snapshot third = await repository.SnapshotAsync(Days.Second());

        Assert.True(third.Record.AddedBytes > 0);
        await repository.AssertWholeAsync([first.Id.ToString(), second.Id.ToString(), third.Id.ToString()], "healed");
    }

    [Fact]
    public async Task Lost_with_all_packs_the_next_snapshot_stores_everything_again()
    {
        await using var repository = new SimulatedRepository();
        await TakeTwoAsync(repository);
        DiskImage image = repository.Disk.Now();
        foreach (string pack in image.Files.Keys.Where(path => path.Contains("/packs/", StringComparison.Ordinal)))
        {
            image = image.With(pack, null);
        }

        await repository.RebootAsync(image, null);
        await repository.OpenAsync();
        Snapshot next = await repository.SnapshotAsync(Days.Second());

        Assert.Equal(await repository.ReadAsync(next), repository.Contents[next.Id]);
    }

    private static async Task<byte[]> TakeTwoAsync(SimulatedRepository repository)
    {
        await repository.CreateAsync();
        await repository.SnapshotAsync(Days.First());
        return await TakeOneMoreAsync(repository);
    }

    private static async Task<byte[]> TakeOneMoreAsync(SimulatedRepository repository)
    {
        await repository.SnapshotAsync(Days.Second());
        await repository.CloseAsync();
        return await File.ReadAllBytesAsync(repository.CatalogPath);
    }

    // Restores first, as a person would who knows of nothing; then what a verification says may only be of the catalog.
    private static async Task AssertRightAsync(SimulatedRepository repository, string why)
    {
        await repository.OpenAsync();
        IReadOnlyList<Snapshot> snapshots = await repository.Store.ListAsync(default);
        Assert.Equal(2, snapshots.Count);
        foreach (Snapshot snapshot in snapshots)
        {
            SortedDictionary<string, byte[]> found = await repository.ReadAsync(snapshot);
            Assert.True(
                found.SequenceEqual(repository.Contents[snapshot.Id], new SameFile()),
                $"{why}: {snapshot.Record.Name}");
        }

        Assert.True(repository.Store.Warnings.Count == 0, $"{why}: {string.Join("; ", repository.Store.Warnings)}");
        VerifyReport report = await repository.VerifyAsync();
        Assert.True(report.Damaged.Count == 0, $"{why}: {string.Join("; ", report.Damaged)}");
        Assert.True(
            report.Problems.All(line => line.Contains("catalog rebuild", StringComparison.Ordinal)),
            $"{why}: {string.Join("; ", report.Problems)}");
        Snapshot next = await repository.SnapshotAsync(Days.Second());
        Assert.Equal(repository.Contents[next.Id], await repository.ReadAsync(next));
        if (!report.Ok)
        {
            Assert.True(await repository.Store.RebuildCatalogAsync(default));
        }

        await repository.AssertWholeAsync([], $"{why}, mended");
        await repository.CloseAsync();
    }

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private sealed class SameFile : IEqualityComparer<KeyValuePair<string, byte[]>>
    {
        public bool Equals(KeyValuePair<string, byte[]> x, KeyValuePair<string, byte[]> y) =>
            x.Key == y.Key && x.Value.AsSpan().SequenceEqual(y.Value);

        public int GetHashCode(KeyValuePair<string, byte[]> file) => file.Key.GetHashCode(StringComparison.Ordinal);
    }
}
