using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Crash;

/// <summary>Holds a damaged repository against what it must say of itself and what it must still give back.</summary>
internal sealed class DamageJudge(SimulatedRepository repository)
{
    /// <summary>Cases in which nothing opened, with a fault that says so.</summary>
    public int Refused { get; private set; }

    /// <summary>Cases that <c>verify --data</c> found.</summary>
    public int Found { get; private set; }

    /// <summary>Cases that did no harm, and what was done in each: everything is there and right.</summary>
    public List<string> Harmless { get; } = [];

    public int Cases => Refused + Found + Harmless.Count;

    /// <summary>
    /// Opens, verifies and restores everything: the damage is found and named, or harmless; nothing wrong comes back,
    /// and all that is not named does.
    /// </summary>
    /// <param name="image">The damaged disk.</param>
    /// <param name="catalog">The catalog's file; null: none.</param>
    /// <param name="why">What was done to it.</param>
    public async Task JudgeAsync(DiskImage image, byte[]? catalog, string why)
    {
        await repository.RebootAsync(image, catalog);
        try
        {
            await repository.OpenAsync();
        }
        catch (StoreException e)
        {
            Assert.True(
                e.Fault is StoreFault.Corrupt or StoreFault.NewerFormat or StoreFault.NoRepository or StoreFault.WrongPassword,
                $"{why}: {e.Fault} {e.Message}");
            Refused++;
            return;
        }

        VerifyReport report = await repository.VerifyAsync();
        await repository.OpenAsync();                              // what the verification learned is forgotten
        IReadOnlyList<Snapshot> snapshots = await repository.Store.ListAsync(default);
        foreach (SnapshotId id in repository.Contents.Keys.Where(id => snapshots.All(snapshot => snapshot.Id != id)))
        {
            Assert.True(
                report.Problems.Any(line => line.Contains(id.ToString(), StringComparison.Ordinal)),
                $"{why}: {id} is not named");
        }

        foreach (Snapshot snapshot in snapshots)
        {
            await RestoreAsync(snapshot, report, why);
        }

        if (report.Ok)
        {
            Harmless.Add(why);
        }
        else
        {
            Found++;
        }
    }

    private async Task RestoreAsync(Snapshot snapshot, VerifyReport report, string why)
    {
        var target = new MemoryTarget();
        RestoreReport restored = await repository.Store.RestoreAsync(
            new RestoreRequest { Snapshot = snapshot }, target, null, default);
        SortedDictionary<string, byte[]> expected = repository.Contents[snapshot.Id];
        foreach ((EntryPath path, MemoryTarget.Standing standing) in target.Items)
        {
            Assert.True(
                expected.TryGetValue(path.ToString(), out byte[]? bytes),
                $"{why}: {path} is none of {snapshot.Record.Name}");
            Assert.True(bytes.AsSpan().SequenceEqual(standing.Bytes), $"{why}: {path} came back wrong");
        }

        string[] lost = [.. expected.Keys.Except(target.Items.Keys.Select(path => path.ToString()))];
        Assert.Equal(lost.Length > 0, restored.Errors.Count > 0);
        string name = snapshot.Record.Name;
        foreach (string path in lost)
        {
            Assert.True(report.Damaged.Any(hit => hit.Snapshot == name && Covers(hit, path)),
                $"{why}: {name} {path} is lost and not named; named: {string.Join(", ", report.Damaged)}");
        }

        foreach (DamagedPath hit in report.Damaged.Where(hit => hit.Snapshot == name))
        {
            Assert.True(lost.Any(path => Covers(hit, path)), $"{why}: {hit} is named and came back");
        }
    }

    // A lost page hides its paths: then a range is named.
    private static bool Covers(DamagedPath hit, string path) => hit.Before is not { } before
        ? hit.Path == path
        : string.CompareOrdinal(path, hit.Path) >= 0 && (before.Length == 0 || string.CompareOrdinal(path, before) < 0);
}
