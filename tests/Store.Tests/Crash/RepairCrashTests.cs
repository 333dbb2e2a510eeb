using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Packs;
using JadaStore.Store.Tests.Pipeline;
using JadaStore.Store.Tests.Repair;

namespace JadaStore.Store.Tests.Crash;

/// <summary>
/// A repair whose power fails, whose disk is full, or whose disk fails, at any call: what was whole stays whole,
/// nothing that is whole is set aside, and the next repair gets to the same end.
/// </summary>
public sealed class RepairCrashTests
{
    /// <summary>How many ways of tearing are tried for each prefix; more by hand.</summary>
    private static int Seeds => Counts.Of("JSTORE_CRASH_SEEDS", 1);

    /// <summary>Every how many calls one fails; every one by hand, with 1.</summary>
    private static int Step => Counts.Of("JSTORE_REPAIR_STEP", 6);

    [Theory, InlineData(0.0), InlineData(0.1)]
    public async Task A_repair_that_is_cut_off_at_any_operation_harms_nothing_and_the_next_one_finishes(double parity) =>
        Assert.InRange(await CutAnywhereAsync(parity, _ => false), 25, int.MaxValue);

    /// <summary>Were a repair to leave a flush out, these tests would tell: here the disk leaves it out.</summary>
    [Theory, InlineData(0.0), InlineData(0.1)]
    public async Task A_flush_that_is_left_out_is_found_out(double parity) =>
        await Assert.ThrowsAnyAsync<Exception>(
            () => CutAnywhereAsync(parity, operation => operation is DiskOperation.Flush));

    private static async Task<int> CutAnywhereAsync(double parity, Func<DiskOperation, bool> onlySays)
    {
        await using var repository = new SimulatedRepository();
        World world = await World.MakeAsync(repository, parity);
        await repository.RebootAsync(world.Image, world.Catalog, onlySays);
        await repository.OpenAsync();
        await world.RepairAsync("in one go");
        await repository.CloseAsync();
        byte[] catalog = await File.ReadAllBytesAsync(repository.CatalogPath);
        SimulatedDisk disk = repository.Disk;

        int states = 0;
        foreach (CrashState state in CrashSchedule.Of(disk, Seeds))
        {
            // The catalog is written beside the disk: it may be of before, be lost, or, at the end, know all.
            byte[]? known = state.Count == disk.Log.Count ? catalog : states % 3 == 0 ? null : world.Catalog;
            await repository.RebootAsync(state.Image, known);
            states++;
            await world.FinishAsync(state.ToString(), isThorough: states % 4 == 0);
        }

        Counts.Say($"repair, power cut, parity {parity}: {disk.Log.Count} operations, {states} states of a disk");
        return states;
    }

    [Theory, InlineData(0.0), InlineData(0.1)]
    public async Task A_repair_on_a_disk_that_is_full_from_any_call_on_harms_nothing(double parity)
    {
        (int tries, int failures) = await TryAllAsync(parity, DiskTrouble.Full, Math.Min(Step, 2));

        Assert.InRange(failures, tries - 3, tries);
        Assert.InRange(tries, 10, int.MaxValue);
    }

    /// <summary>Among the calls are readings of what is whole, which then is not set aside.</summary>
    [Theory, InlineData(0.0), InlineData(0.1)]
    public async Task A_repair_on_a_disk_that_fails_at_any_call_harms_nothing(double parity)
    {
        (int tries, int failures) = await TryAllAsync(parity, DiskTrouble.Error, Step);

        Assert.InRange(tries, 20, int.MaxValue);
        Assert.InRange(failures, 3, tries);
    }

    private static async Task<(int Tries, int Failures)> TryAllAsync(
        double parity, Func<int, DiskTrouble> trouble, int step)
    {
        await using var repository = new SimulatedRepository();
        World world = await World.MakeAsync(repository, parity);
        for (int call = 0, tries = 0, failures = 0; ; call += step, tries++)
        {
            await repository.RebootAsync(world.Image, world.Catalog);
            await repository.OpenAsync();
            repository.Disk.Trouble = trouble(call);
            try
            {
                await repository.Store.RepairAsync(new RepairRequest(), null, default);
                if (!repository.Disk.Trouble.Struck)
                {
                    Counts.Say($"repair, disk faults, parity {parity}: {tries} calls failed one by one, {failures} repairs ended by it");
                    return (tries, failures);
                }
            }
            catch (StoreException e)
            {
                failures++;
                Assert.True(e.Fault is StoreFault.Io or StoreFault.Unreadable, $"call {call}: {e.Fault} {e.Message}");
                Assert.NotEmpty(e.Hint);
            }

            repository.Disk.Trouble = new DiskTrouble();
            await world.FinishAsync($"call {call}", isThorough: call / step % 4 == 0);
        }
    }

    /// <summary>A damaged repository, and what of it cannot be brought back.</summary>
    private sealed class World(SimulatedRepository repository, DiskImage image, byte[] catalog, HashSet<string> broken)
    {
        private string[] _lost = [];

        public DiskImage Image => image;

        public byte[] Catalog => catalog;

        /// <summary>
        /// Two snapshots; two packs flipped, config gone, a key's copy cut, a record gone, one in copy gone.
        /// </summary>
        public static async Task<World> MakeAsync(SimulatedRepository repository, double parity)
        {
            await repository.CreateAsync(parity: parity);
            MemorySource source = Source();
            Snapshot first = await repository.SnapshotAsync(source);
            source["b.bin"] = MemoryFile.Of(Seeded.Bytes(4, 9_000)) with { Fingerprint = [9] };
            Snapshot second = await repository.SnapshotAsync(source);
            await repository.CloseAsync();
            byte[] catalog = await File.ReadAllBytesAsync(repository.CatalogPath);

            DiskImage image = repository.Disk.Now();
            string[] packs =
                [.. PowerCutTests.PacksIn(image, purpose: 0).OrderByDescending(path => image.Files[path].Length)];
            string pages = PowerCutTests.PacksIn(image, purpose: 1).First();
            string config = Path.Combine(repository.Folder, "config");
            string key = image.Files.Keys.Single(path => path.Contains("/copies/keys/", StringComparison.Ordinal));
            DiskImage damaged = image
                .With(packs[0], Damage.Flip(image.Files[packs[0]], image.Files[packs[0]].Length / 2))
                .With(pages, Damage.Flip(image.Files[pages], image.Files[pages].Length - 30))
                .With(config, null)
                .With(key, image.Files[key][..20])
                .With(Path.Combine(repository.Folder, "snapshots", first.Id.ToString()), null)
                .With(Path.Combine(repository.Folder, "copies", "snapshots", second.Id.ToString()), null);
            var world = new World(repository, damaged, catalog, [Path.GetFileName(packs[0]), Path.GetFileName(pages)]);

            // Whether a catalog is there makes no difference to what comes back.
            foreach (byte[]? known in (byte[]?[])[null, catalog])
            {
                await repository.RebootAsync(damaged, known);
                await repository.OpenAsync();
                RepairReport report = await repository.Store.RepairAsync(new RepairRequest(), null, default);
                string[] lost = [.. report.Lost.Select(path => $"{path.Snapshot} {path.Path}")];
                Assert.True(known is null || lost.SequenceEqual(world._lost), "lost with the catalog and not without");
                Assert.Equal(parity > 0, lost.Length == 0);
                world._lost = lost;
            }

            return world;
        }

        /// <summary>Repairs what is open, and sees to it that no more is lost than must be.</summary>
        public async Task<RepairReport> RepairAsync(string why)
        {
            RepairReport report = await repository.Store.RepairAsync(new RepairRequest(), null, default);
            Assert.True(report.Left.Count == 0, $"{why}: {string.Join("; ", report.Left)}");
            string[] lost = [.. report.Lost.Select(path => $"{path.Snapshot} {path.Path}")];
            Assert.True(
                lost.SequenceEqual(_lost),
                $"{why}: lost are {string.Join(", ", lost)} in place of {string.Join(", ", _lost)}");
            return report;
        }

        /// <summary>
        /// Opens what a repair that was cut off left: all that is listed and whole can be read; then finishes it.
        /// </summary>
        public async Task FinishAsync(string why, bool isThorough)
        {
            await repository.OpenAsync();
            AssertOnlyBrokenAreSetAside(why, await CondemnedAsync());
            await ReadAsync(why, isRepaired: false);
            await repository.OpenAsync();
            await RepairAsync(why);
            await repository.OpenAsync();
            AssertOnlyBrokenAreSetAside(why, await CondemnedAsync());
            Assert.True((await ReadAsync(why, isRepaired: true)) == 2, $"{why}: a snapshot is lost");
            if (isThorough)
            {
                VerifyReport verified = await repository.VerifyAsync();
                Assert.True(
                    verified.Ok || (verified.OnlyKnownLosses && _lost.Length > 0),
                    $"{why}: {string.Join("; ", verified.Problems)}");
                RepairReport again = await RepairAsync(why);
                Assert.True(again.Done.Count == 0, $"{why}: {string.Join("; ", again.Done)}");
            }
        }

        private async Task<int> ReadAsync(string why, bool isRepaired)
        {
            IReadOnlyList<Snapshot> snapshots = await repository.Store.ListAsync(default);
            foreach (Snapshot snapshot in snapshots)
            {
                var target = new MemoryTarget();
                await repository.Store.RestoreAsync(new RestoreRequest { Snapshot = snapshot }, target, null, default);
                SortedDictionary<string, byte[]> expected = repository.Contents[snapshot.Id];
                foreach ((string path, byte[] bytes) in expected)
                {
                    bool isLost = _lost.Contains($"{snapshot.Record.Name} {path}");
                    byte[]? found = target.Items.FirstOrDefault(item => item.Key.ToString() == path).Value?.Bytes;
                    Assert.True(found is null || found.AsSpan().SequenceEqual(bytes), $"{why}: {path} came back wrong");
                    Assert.True(isLost || !isRepaired || found is not null, $"{why}: {path} did not come back");
                }
            }

            return snapshots.Count;
        }

        private async Task<IEnumerable<string>> CondemnedAsync() =>
            (await repository.Store.Parts.Condemned.ListAsync(default)).SelectMany(one => one.Packs).Select(
                pack => pack.ToString());

        private void AssertOnlyBrokenAreSetAside(string why, IEnumerable<string> condemned) =>
            Assert.True(condemned.All(broken.Contains), $"{why}: a pack was set aside that was whole");

        private static MemorySource Source() => new("local/site")
        {
            ["a.txt"] = MemoryFile.Of(Seeded.Text(1, 3_000)) with { Fingerprint = [1] },
            ["b.bin"] = MemoryFile.Of(Seeded.Bytes(2, 9_000)) with { Fingerprint = [2] },
            ["c/d.txt"] = MemoryFile.Of("a small one") with { Fingerprint = [3] },
            ["e"] = MemoryFile.Of(Seeded.Bytes(3, 150_000)) with { Fingerprint = [4] },
        };
    }
}
