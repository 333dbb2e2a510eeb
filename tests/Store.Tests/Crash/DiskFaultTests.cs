using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Crash;

/// <summary>
/// A disk that is full, or fails, at any call: a clear failure, nothing lost, nothing left lying about.
/// </summary>
public sealed class DiskFaultTests
{
    /// <summary>
    /// What others call the source's fault is the repository's: a snapshot never says of a file that it could not be
    /// read because the repository's own disk was full.
    /// </summary>
    [Fact]
    public async Task A_disk_that_is_full_from_any_call_on_fails_the_snapshot_and_harms_nothing()
    {
        int failures = await TryAllAsync(DiskTrouble.Full, (repository, e, why) =>
        {
            Assert.True(e.Message.EndsWith("the disk is full.", StringComparison.Ordinal), $"{why}: {e.Message}");
            Assert.Empty(Temporary(repository));
        });

        Assert.InRange(failures, 15, int.MaxValue);
    }

    [Fact]
    public async Task A_disk_that_fails_at_any_call_fails_the_snapshot_and_harms_nothing()
    {
        int failures = await TryAllAsync(DiskTrouble.Error, (repository, e, why) =>
        {
            Assert.True(e.Message.Contains("Input/output error", StringComparison.Ordinal), $"{why}: {e.Message}");
            Assert.InRange(Temporary(repository).Count(), 0, 1);        // the one that could not be deleted
        });

        Assert.InRange(failures, 40, int.MaxValue);
    }

    [Fact]
    public async Task An_init_that_fails_at_any_call_says_so_and_can_be_done_again()
    {
        int failures = 0;
        foreach (Func<int, DiskTrouble> kind in (Func<int, DiskTrouble>[])[DiskTrouble.Full, DiskTrouble.Error])
        {
            for (int call = 0; ; call++)
            {
                await using var repository = new SimulatedRepository();
                repository.Disk.Trouble = kind(call);
                try
                {
                    await repository.CreateAsync();
                    if (!repository.Disk.Trouble.Struck)
                    {
                        break;
                    }
                }
                catch (StoreException e)
                {
                    failures++;
                    Assert.Equal(StoreFault.Io, e.Fault);
                    Assert.NotEmpty(e.Hint);
                }

                repository.Disk.Trouble = new DiskTrouble();
                bool isMade = repository.Disk.Now().Files.ContainsKey(Path.Combine(repository.Folder, "config"));
                await (isMade ? repository.OpenAsync() : repository.CreateAsync());
                Snapshot snapshot = await repository.SnapshotAsync(Days.First());
                await repository.AssertWholeAsync([snapshot.Id.ToString()], $"call {call}");
            }
        }

        Assert.InRange(failures, 20, int.MaxValue);
    }

    [Fact]
    public async Task On_a_full_disk_everything_can_be_read()
    {
        await using var repository = new SimulatedRepository();
        var catalogs = new List<byte[]?>();
        await PowerCutTests.TakeTwoAsync(repository, catalogs);
        foreach (byte[]? catalog in catalogs.Prepend(null))
        {
            await repository.RebootAsync(repository.Disk.Now(), catalog);
            repository.Disk.Trouble = DiskTrouble.Full(0);
            await repository.OpenAsync();
            await repository.AssertWholeAsync([], "full");
            Assert.False(repository.Disk.Trouble.Struck);
        }
    }

    // For each call of a second snapshot: let it fail, look at what is there, go on without trouble.
    private static async Task<int> TryAllAsync(
        Func<int, DiskTrouble> trouble, Action<SimulatedRepository, StoreException, string> check)
    {
        await using var repository = new SimulatedRepository();
        await repository.CreateAsync();
        Snapshot first = await repository.SnapshotAsync(Days.First());
        await repository.CloseAsync();
        byte[] catalog = await File.ReadAllBytesAsync(repository.CatalogPath);
        DiskImage image = repository.Disk.Now();
        for (int call = 0, failures = 0; ; call++)
        {
            await repository.RebootAsync(image, catalog);
            repository.Disk.Trouble = trouble(call);
            string why = $"call {call}";
            try
            {
                await repository.OpenAsync();
                Snapshot snapshot = await repository.SnapshotAsync(Days.Second());
                Assert.True(snapshot.Record.Sources[0].Complete, $"{why}: partial");
                if (!repository.Disk.Trouble.Struck)
                {
                    Counts.Say($"disk faults: {call} calls failed one by one, {failures} snapshots ended by it");
                    return failures;
                }
            }
            catch (StoreException e)
            {
                failures++;
                Assert.True(e.Fault == StoreFault.Io, $"{why}: {e.Fault} {e.Message}");
                Assert.False(
                    e.Message.Contains('\n', StringComparison.Ordinal) || e.Hint.Length == 0, $"{why}: {e.Message}");
                check(repository, e, why);
            }

            repository.Disk.Trouble = new DiskTrouble();
            await repository.OpenAsync();
            await repository.AssertWholeAsync([first.Id.ToString()], why);
            Snapshot next = await repository.SnapshotAsync(Days.Second());
            await repository.AssertWholeAsync([first.Id.ToString(), next.Id.ToString()], $"{why}, then a snapshot");
        }
    }

    private static IEnumerable<string> Temporary(SimulatedRepository repository) =>
        repository.Disk.Now().Files.Keys.Where(path => path.Contains("/tmp/", StringComparison.Ordinal));
}
