using JadaStore.Store.Model;
using JadaStore.Store.Retention;

namespace JadaStore.Store.Pipeline;

/// <summary>Whether a snapshot that lacks a source looked for it, so that it was not there then.</summary>
/// <remarks>
/// A snapshot of some sources says nothing of the others. Only a listing of all there are does: what it gave to the one
/// snapshot and not to the other was not there, unless it was there and left out. Both have something in common that
/// the listing gave; else it is that of another account, which is called the same.
/// </remarks>
internal static class LookedFor
{
    /// <summary>Whether it did.</summary>
    /// <param name="lacks">The snapshot that does not have the source.</param>
    /// <param name="source">The source.</param>
    /// <param name="has">The snapshot that has it.</param>
    public static bool In(SnapshotRecord lacks, SnapshotSource source, SnapshotRecord has) =>
        WasMissed(lacks, source.Root) || (source.Group is { } listing
        && !lacks.LeftOut.Contains(source.Root)
        && lacks.Sources.Any(other => other.Group == listing && Series.Of(other.Root) == Series.Of(source.Root)
            && has.Sources.Any(common => common.Root == other.Root && common.Group == listing)));

    // It said so itself, be it of a snapshot that came in between.
    private static bool WasMissed(SnapshotRecord lacks, string root) =>
        lacks.Alarms.Any(alarm => alarm.Kind == AlarmKind.Lost && alarm.Root == root);
}
