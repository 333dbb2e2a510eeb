namespace JadaStore.Store.Requests;

/// <summary>How far a prune is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Done">How much of that is done; see <see cref="PruneStage"/> for what is counted.</param>
/// <param name="Total">How much there is; 0 when nobody knows.</param>
public readonly record struct PruneProgress(PruneStage Stage, long Done, long Total);
