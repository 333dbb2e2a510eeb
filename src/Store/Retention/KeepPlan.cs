using JadaStore.Store.Model;

namespace JadaStore.Store.Retention;

/// <summary>What rules would keep and forget of all snapshots.</summary>
internal static class KeepPlan
{
    /// <summary>
    /// A decision for each snapshot, in their order. Rules are applied to each series by itself, and a snapshot stays
    /// where one of its series wants it. Pinned ones stay, and so does the newest complete one of each series and of
    /// each source: no rule leaves nothing of what was ever captured.
    /// </summary>
    /// <param name="snapshots">All, in order.</param>
    /// <param name="pins">Those that never go.</param>
    /// <param name="rules">What stays.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Refused"/>: no rule keeps any of them.</exception>
    public static IReadOnlyList<ForgetDecision> Of(
        IReadOnlyList<Snapshot> snapshots, IReadOnlyDictionary<SnapshotId, SnapshotPin> pins, KeepRules rules)
    {
        // By time, whatever their order is: clocks differ, and it is times that rules are about.
        List<Snapshot> byTime = [.. snapshots.OrderBy(snapshot => snapshot.Record.Time)];
        ILookup<SnapshotId, string> ruled = Ruled(byTime, rules);
        if (ruled.Count == 0 && snapshots.Count > 0)
        {
            string said = rules.IsEmpty ? "No rule says" : $"The rules ({rules}) do not say";
            throw new StoreException(
                StoreFault.Refused, $"{said} to keep any of the {snapshots.Count} snapshots, so none is forgotten.",
                "Snapshots that are not wanted are forgotten by their names.");
        }

        ILookup<SnapshotId, string> newest = NewestOfEach.Of(byTime);
        return [.. snapshots.Select(snapshot => Decide(
            snapshot,
            [
                .. pins.TryGetValue(snapshot.Id, out SnapshotPin? pin) ? (string[])[PinText(pin)] : [],
                .. ruled[snapshot.Id],
                .. newest[snapshot.Id],
            ]))];
    }

    /// <summary><c>pinned</c>, <c>pinned: before the move</c>.</summary>
    public static string PinText(SnapshotPin pin) => pin.Reason.Length == 0 ? "pinned" : $"pinned: {pin.Reason}";

    private static ForgetDecision Decide(Snapshot snapshot, IReadOnlyList<string> reasons) =>
        reasons.Count > 0 ? new(snapshot, true, reasons) : new(snapshot, false, ["no rule keeps it"]);

    // The phrases for each snapshot; where its series do not all say the same, with those that do.
    private static ILookup<SnapshotId, string> Ruled(List<Snapshot> byTime, KeepRules rules)
    {
        Dictionary<SnapshotId, IReadOnlyList<string>> seriesOf =
            byTime.ToDictionary(snapshot => snapshot.Id, Series.Of);
        return byTime
            .SelectMany(snapshot => seriesOf[snapshot.Id].Select(series => (Series: series, Snapshot: snapshot)))
            .GroupBy(one => one.Series, one => one.Snapshot, StringComparer.Ordinal)
            .OrderBy(series => series.Key, StringComparer.Ordinal)
            .SelectMany(series => RuleChoice.Of([.. series], rules)
                .Select(kept => (kept.Snapshot.Id, kept.Reason, Series: series.Key)))
            .GroupBy(kept => (kept.Id, kept.Reason), kept => kept.Series)
            .ToLookup(
                kept => kept.Key.Id,
                kept => kept.Count() == seriesOf[kept.Key.Id].Count
                    ? kept.Key.Reason : $"{kept.Key.Reason} of {Series.Listed([.. kept])}");
    }
}
