using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>What opened a repository.</summary>
/// <param name="Config">Its config, whose mac fits the key.</param>
/// <param name="Master">Its key; the holder's to dispose of.</param>
/// <param name="Key">Where that came from.</param>
internal sealed record Unlocked(RepositoryConfig Config, MasterKey Master, KeyFile Key);
