using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>The bytes of <c>snapshots/ID</c>, wherever they are kept.</summary>
internal static class SnapshotFile
{
    /// <summary>What they say.</summary>
    /// <param name="key">What they are sealed under.</param>
    /// <param name="file">All of them.</param>
    /// <param name="id">The name that they are kept under.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: they are damaged, or another snapshot's;
    /// <see cref="StoreFault.NewerFormat"/>.</exception>
    public static Snapshot Open(MasterKey key, ReadOnlySpan<byte> file, SnapshotId id)
    {
        byte[] json = SealedRecord.Open(key, file);
        var found = new SnapshotId(Blake3.Hash(json));
        return found == id
            ? new Snapshot { Id = id, Record = SnapshotJson.Decode(json) }
            : throw new StoreException(
                StoreFault.Corrupt, $"It holds the record {found}: the file was renamed or swapped.");
    }
}
