namespace JadaStore.Store.Backends;

/// <summary>One object as a listing shows it.</summary>
/// <param name="Name">From the repository's root: <c>packs/3f/3f…</c>.</param>
/// <param name="Length">In bytes.</param>
internal readonly record struct BackendObject(string Name, long Length);
