using JadaStore.Store.Backends;
using JadaStore.Store.Catalog;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// What a repository finds around itself. The catalog and the lock files lie on this machine's own disk.
/// </summary>
internal sealed record Surroundings
{
    /// <summary>The real ones.</summary>
    public static Surroundings OfThisMachine { get; } = new();

    /// <summary>The file system that holds all but the catalog and the locks.</summary>
    public IDisk Disk { get; init; } = new SystemDisk();

    /// <summary>What it costs to try a password on a key that is made now.</summary>
    public KdfCost KeyCost { get; init; } = KdfCost.Default;

    /// <summary>How long another process may keep the catalog to itself before one in memory takes its place.</summary>
    public TimeSpan CatalogPatience { get; init; } = Database.Patience;

    /// <summary>For tests: gets each catalog that is opened.</summary>
    public Action<Catalog.Catalog> OnCatalog { get; init; } = _ => { };

    /// <summary>For tests: what stands between the repository and where it lies.</summary>
    public Func<IBackend, IBackend> Between { get; init; } = backend => backend;

    /// <summary>How long the commit lock is waited for; null: as long as is usual.</summary>
    public TimeSpan? LockPatience { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
