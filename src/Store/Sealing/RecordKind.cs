namespace JadaStore.Store.Sealing;

/// <summary>What a sealed record is; the first eight bytes of its file say so, and are sealed with it.</summary>
internal enum RecordKind
{
    /// <summary><c>snapshots/ID</c>.</summary>
    Snapshot,

    /// <summary><c>forgotten/ID</c>: a snapshot that was forgotten and can still be brought back.</summary>
    Forgotten,

    /// <summary><c>pins/ID</c>: a snapshot that never goes.</summary>
    Pin,

    /// <summary><c>condemned/ID</c>: packs that are going to be deleted.</summary>
    Condemned,

    /// <summary><c>lost/ID</c>: chunks that are known to be lost.</summary>
    Lost,
}
