using System.Globalization;
using JadaStore.Store.Model;
using JadaStore.Store.Retention;
using JadaStore.Store.Tests.Trees;

namespace JadaStore.Store.Tests.Retention;

/// <summary>Snapshots that say when they were taken and of what; nothing is stored.</summary>
internal sealed class History
{
    public List<Snapshot> All { get; } = [];

    public Dictionary<SnapshotId, SnapshotPin> Pins { get; } = [];

    /// <summary>A snapshot of <c>local/a</c>, unless other roots are named; one that ends in <c>!</c> is partial,
    /// one that ends in <c>!!</c> was out of reach.</summary>
    public Snapshot Take(DateTime utc, params string[] roots)
    {
        var snapshot = new Snapshot
        {
            Id = new SnapshotId(Maps.SomeDigest(All.Count)),
            Record = new SnapshotRecord
            {
                Nonce = "",
                Name = "s" + All.Count.ToString(CultureInfo.InvariantCulture),
                Time = new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
                Sources = [.. (roots.Length == 0 ? ["local/a"] : roots).Select(root =>
                    new SnapshotSource
                    {
                        Root = root.TrimEnd('!'),
                        Complete = !root.EndsWith('!'),
                        Tree = root.EndsWith("!!", StringComparison.Ordinal) ? null : Maps.SomeDigest(1).ToString(),
                    })],
            },
        };
        All.Add(snapshot);
        return snapshot;
    }

    public Snapshot Take(string utc, params string[] roots) =>
        Take(DateTime.Parse(utc, CultureInfo.InvariantCulture), roots);

    public Snapshot Tagged(string utc, params string[] tags)
    {
        Snapshot snapshot = Take(utc);
        All[^1] = snapshot with { Record = snapshot.Record with { Tags = tags } };
        return All[^1];
    }

    /// <summary>The last one looked at these regions of each service.</summary>
    public void InRegions(params string[] regions) => All[^1] = All[^1] with
    {
        Record = All[^1].Record with
        {
            Sources = [.. All[^1].Record.Sources.Select(source => source with
            {
                Coverage = [.. regions.Select(region => new CoverageLine(region + "/kind", CoverageState.Captured, 1))],
            })],
        },
    };

    public IReadOnlyList<ForgetDecision> Plan(KeepRules rules) => KeepPlan.Of(All, Pins, rules);

    /// <summary>The names of those that stay.</summary>
    public string Kept(KeepRules rules) =>
        string.Join(' ', Plan(rules).Where(one => one.Keep).Select(one => one.Snapshot.Record.Name));

    /// <summary>Why one stays, or goes.</summary>
    public string Why(Snapshot snapshot, KeepRules rules) =>
        string.Join("; ", Plan(rules).Single(one => one.Snapshot.Id == snapshot.Id).Reasons);
}
