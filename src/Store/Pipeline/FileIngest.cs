using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>What became of a file's bytes.</summary>
/// <param name="Size">How many bytes were read, holes included.</param>
/// <param name="Digest">Plain BLAKE3 of them all.</param>
/// <param name="Content">Where they lie; null when they are one chunk, or none.</param>
internal readonly record struct FileIngest(long Size, Digest Digest, Content? Content)
{
    /// <summary>How many of the bytes were new to the repository.</summary>
    public long Added { get; init; }

    /// <summary>A file without bytes.</summary>
    public static FileIngest Empty { get; } = new(0, Blake3.Hash([]), null);

    /// <summary>A file of so few chunks that they stay in its entry.</summary>
    public static FileIngest FromFew(Digest digest, List<Extent> extents)
    {
        long size = 0;
        foreach (Extent extent in extents)
        {
            size += extent.Length;
        }

        return new FileIngest(size, digest, extents.Count == 1 ? null : new Content(0, extents));
    }
}
