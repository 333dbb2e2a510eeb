using JadaStore.Store.Model;

namespace JadaStore.Store.Requests;

/// <summary>What a restore does, or would do, with one path.</summary>
/// <param name="Kind">What.</param>
/// <param name="Path">Under the target.</param>
/// <param name="Entry">What is brought back; null for what the snapshot lacks.</param>
public sealed record RestoreAction(RestoreActionKind Kind, EntryPath Path, Entry? Entry);
