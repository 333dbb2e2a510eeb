using JadaStore.Store.Model;
using JadaStore.Store.Tests.Packs;

namespace JadaStore.Store.Tests.Crash;

/// <summary>
/// The power fails at any moment, and what was not made durable is gone, there, or torn: nothing that was promised is
/// lost, nothing is half there, and the next snapshot succeeds.
/// </summary>
public sealed class PowerCutTests
{
    /// <summary>How many ways of tearing are tried for each prefix; more by hand.</summary>
    private static int Seeds => Counts.Of("JSTORE_CRASH_SEEDS", 1);

    [Fact]
    public async Task Every_snapshot_that_was_taken_is_whole_after_a_cut_at_any_operation()
    {
        await using var repository = new SimulatedRepository();
        int states = await CutAnywhereAsync(repository);

        Assert.InRange(states, 60, int.MaxValue);
    }

    /// <summary>Were the code to leave a flush out, these tests would tell: here the disk leaves it out.</summary>
    [Theory]
    [InlineData("files"), InlineData("folders"), InlineData("packs"), InlineData("snapshots"), InlineData("keys"), InlineData("the root")]
    public async Task A_flush_that_is_left_out_is_found_out(string which)
    {
        await using var repository = new SimulatedRepository(operation => operation switch
        {
            DiskOperation.Flush => which == "files",
            DiskOperation.FlushFolder flush => which switch
            {
                "files" => false,
                "folders" => true,
                "the root" => flush.Path.EndsWith("/repo", StringComparison.Ordinal),
                _ => flush.Path.Contains($"/{which}", StringComparison.Ordinal),
            },
            _ => false,
        });

        await Assert.ThrowsAnyAsync<Exception>(() => CutAnywhereAsync(repository));
    }

    /// <returns>How many states were looked at.</returns>
    private static async Task<int> CutAnywhereAsync(SimulatedRepository repository)
    {
        var catalogs = new List<byte[]?> { null, Seeded.Bytes(9, 20_000) };     // missing, garbage, of each time
        await TakeTwoAsync(repository, catalogs);
        SimulatedDisk disk = repository.Disk;
        string[] contentPacks = [.. PacksIn(disk.Now(), purpose: 0)];

        int checkedStates = 0;
        foreach (CrashState state in CrashSchedule.Of(disk, Seeds))
        {
            // The catalog is written last: it may be older than the disk, never newer.
            int ofTheTime = catalogs.Count - 3 + state.Returned.Count(call => call != "init");
            await repository.RebootAsync(state.Image, catalogs[checkedStates++ % ofTheTime]);
            await OpenOrMakeAsync(repository, state);
            await repository.AssertWholeAsync(state.Returned.Where(call => call != "init"), state.ToString());

            Snapshot next = await repository.SnapshotAsync(Days.Second());

            // Packs that were finished are found and used, though no snapshot names them.
            Assert.True(
                next.Record.AddedBytes == 0 || !contentPacks.All(state.Image.Files.ContainsKey),
                $"{state}: stored again");
            await repository.AssertWholeAsync([next.Id.ToString()], $"{state}, then a snapshot");
        }

        Counts.Say($"power cut: {disk.Log.Count} operations, {checkedStates} states of a disk");
        return checkedStates;
    }

    /// <summary>
    /// What a killed process left is there, but nobody made it durable: whoever builds on it must do so first.
    /// </summary>
    [Fact]
    public async Task What_a_killed_process_left_is_made_durable_before_it_is_built_upon()
    {
        int kills = 0;
        for (bool over = false; !over; kills++)
        {
            await using var repository = new SimulatedRepository();
            repository.Disk.Trouble = DiskTrouble.Killed(kills);
            try
            {
                await TakeTwoAsync(repository, []);
                over = true;
            }
            catch (DiskTrouble.KilledException)
            {
            }

            await repository.CloseAsync();
            repository.Disk.Trouble = new DiskTrouble();
            bool isMade = repository.Disk.Now().Files.ContainsKey(Path.Combine(repository.Folder, "config"));
            await (isMade ? repository.OpenAsync() : repository.CreateAsync());
            Snapshot next = await repository.SnapshotAsync(Days.Third());
            SimulatedDisk disk = repository.Disk;

            for (int seed = -1; seed < Seeds; seed++)
            {
                DiskImage image = PowerCut.After(
                    disk.Start, disk.Log, disk.Log.Count, seed < 0 ? Unsynced.Dropped : Unsynced.Torn, seed);
                await repository.RebootAsync(image, null);
                string why = $"killed at call {kills}, went on, then the power failed (seed {seed})";
                Assert.True(
                    image.Files.ContainsKey(Path.Combine(repository.Folder, "config")),
                    $"{why}: the repository is lost");
                await repository.OpenAsync();
                await repository.AssertWholeAsync([next.Id.ToString()], why);
            }
        }

        Counts.Say($"killed, went on, power cut: {kills} kills, {1 + Seeds} cuts each");
        Assert.InRange(kills, 40, int.MaxValue);
    }

    /// <summary>Passwords: what was removed stays removed, what was added opens, and one always does.</summary>
    [Fact]
    public async Task Passwords_survive_a_cut_at_any_operation()
    {
        await using var repository = new SimulatedRepository();
        await repository.CreateAsync();
        Snapshot snapshot = await repository.SnapshotAsync(Days.First());
        await repository.Store.AddPasswordAsync("one", "", default);
        repository.Disk.Returned("closed");
        string two = (await repository.Store.AddPasswordAsync("two", "", default)).Id;
        repository.Disk.Returned("two");
        await repository.OpenAsync("one");
        await repository.Store.ChangePasswordAsync("three", default);
        repository.Disk.Returned("three");
        await repository.Store.RemoveKeyAsync(two, default);
        repository.Disk.Returned("two is gone");
        SimulatedDisk disk = repository.Disk;

        int states = 0;
        foreach (CrashState state in CrashSchedule.Of(disk, Seeds).Where(
            state => state.Returned.Contains(snapshot.Id.ToString())))
        {
            states++;
            await repository.RebootAsync(state.Image, null);
            bool Did(string what) => state.Returned.Contains(what);

            Assert.False(Did("closed") && await OpensAsync(repository, null), $"{state}: open to all again");
            Assert.True(!Did("two") || Did("three") || await OpensAsync(repository, "two"), $"{state}: two");
            Assert.False(Did("two is gone") && await OpensAsync(repository, "two"), $"{state}: two again");
            Assert.False(Did("three") && await OpensAsync(repository, "one"), $"{state}: one again");
            Assert.True(!Did("three") || await OpensAsync(repository, "three"), $"{state}: three");
            string? any =
                await OpensAsync(repository, null) ? "" : await OpensAsync(repository, "three") ? "three" : "one";
            await repository.OpenAsync(any);
            await repository.AssertWholeAsync([snapshot.Id.ToString()], state.ToString());
        }

        Counts.Say($"power cut, passwords: {disk.Log.Count} operations, {states} states of a disk");
    }

    internal static async Task TakeTwoAsync(SimulatedRepository repository, List<byte[]?> catalogs)
    {
        await repository.CreateAsync();
        foreach (var source in new[] { Days.First(), Days.Second() })
        {
            await repository.SnapshotAsync(source);
            await repository.CloseAsync();
            catalogs.Add(await File.ReadAllBytesAsync(repository.CatalogPath));
            await repository.OpenAsync();
        }
    }

    internal static IEnumerable<string> PacksIn(DiskImage image, byte purpose) =>
        image.Files.Where(file => file.Key.Contains("/packs/", StringComparison.Ordinal) && file.Value[9] == purpose)
            .Select(file => file.Key);

    private static async Task OpenOrMakeAsync(SimulatedRepository repository, CrashState state)
    {
        if (state.Image.Files.ContainsKey(Path.Combine(repository.Folder, "config")))
        {
            await repository.OpenAsync();
        }
        else
        {
            Assert.False(state.Returned.Contains("init"), $"{state}: the repository is lost");
            await repository.CreateAsync();
        }
    }

    private static async Task<bool> OpensAsync(SimulatedRepository repository, string? password)
    {
        try
        {
            await repository.OpenAsync(password);
            await repository.CloseAsync();
            return true;
        }
        catch (StoreException e) when (e.Fault is StoreFault.WrongPassword)
        {
            return false;
        }
    }
}
