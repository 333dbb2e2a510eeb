using JadaStore.Store.Model;

namespace JadaStore.Store.Requests;

/// <summary>What to bring back, and what to do with what stands there.</summary>
public sealed record RestoreRequest
{
    /// <summary>From which snapshot.</summary>
    public required Snapshot Snapshot { get; init; }

    /// <summary>Files, or folders with all below them, as <c>--path</c> takes them; empty for everything.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>
    /// Whether the source's root is left out of paths under the target; all that is asked for must then lie in one
    /// source.
    /// </summary>
    public bool WithoutRoot { get; init; }

    /// <summary>What to do where something else stands.</summary>
    public Overwrite Overwrite { get; init; } = Overwrite.Never;

    /// <summary>Remove what stands at or below the paths in the target and is not in the snapshot.</summary>
    public bool Delete { get; init; }

    /// <summary>
    /// With <see cref="Delete"/>: also where the snapshot left things out by rule, which then go too.
    /// </summary>
    public bool DeleteExcluded { get; init; }

    /// <summary>Change nothing; report what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// Told of each action as it is decided (for a dry run or a verbose one), from any thread; may be null.
    /// </summary>
    public Action<RestoreAction>? OnAction { get; init; }
}
