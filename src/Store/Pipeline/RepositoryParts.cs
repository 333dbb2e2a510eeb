using JadaStore.Store.Backends;
using JadaStore.Store.Locks;
using JadaStore.Store.Packs;
using JadaStore.Store.Parity;
using JadaStore.Store.Sealing;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>What an open repository is made of.</summary>
internal sealed record RepositoryParts : IDisposable
{
    /// <summary>Where it lies.</summary>
    public required IBackend Backend { get; init; }

    /// <summary>Its secret.</summary>
    public required MasterKey Key { get; init; }

    /// <summary>What it is.</summary>
    public required RepositoryConfig Config { get; set; }

    /// <summary>Where the secret came from.</summary>
    public required KeyFile OpenedWith { get; init; }

    /// <summary>What keeps processes out of each other's way.</summary>
    public required RepositoryLocks Locks { get; init; }

    /// <summary>Where its chunks lie.</summary>
    public required ChunkIndex Index { get; init; }

    /// <summary>Its packs that are going to be deleted.</summary>
    public required CondemnedPacks Condemned { get; init; }

    /// <summary>Chunks that it had.</summary>
    public required LostChunks Lost { get; init; }

    /// <summary>Its snapshots.</summary>
    public required SnapshotRecords Records { get; init; }

    /// <summary>Snapshots that are listed no longer and can be brought back.</summary>
    public required ForgottenSnapshots Forgotten { get; init; }

    /// <summary>Snapshots that never go.</summary>
    public required Pins Pins { get; init; }

    /// <summary>Reads packs.</summary>
    public required PackReader Packs { get; init; }

    /// <summary>What mends them.</summary>
    public required PackParity Parity { get; init; }

    /// <summary>Reads pages as bytes.</summary>
    public required PageStore Pages { get; init; }

    /// <summary>Reads pages as maps.</summary>
    public required TreeReader Trees { get; init; }

    /// <summary>Reads content.</summary>
    public required ContentCopier Copier { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>What was read from its second copy when this was opened, a line each.</summary>
    public IReadOnlyList<string> FromCopies { get; init; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        Copier.Dispose();
        Index.Dispose();
        Backend.Dispose();
        Key.Dispose();
    }
}
