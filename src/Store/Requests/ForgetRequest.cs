using JadaStore.Store.Retention;

namespace JadaStore.Store.Requests;

/// <summary>What to forget: the snapshots that are named, or all that no rule keeps.</summary>
public sealed record ForgetRequest
{
    /// <summary>Names, first digits of ids, <c>latest</c>; not together with <see cref="Rules"/>.</summary>
    public IReadOnlyList<string> Snapshots { get; init; } = [];

    /// <summary>What stays; null where snapshots are named.</summary>
    public KeepRules? Rules { get; init; }
}
