using JadaStore.Store.Model;

namespace JadaStore.Store.Retention;

/// <summary>Whether a snapshot stays, and why.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Keep">Whether it stays.</param>
/// <param name="Reasons">Why, a phrase each: <c>daily 3 of 7</c>, <c>pinned</c>; why it goes, where it does.</param>
public sealed record ForgetDecision(Snapshot Snapshot, bool Keep, IReadOnlyList<string> Reasons);
