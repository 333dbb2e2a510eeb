namespace JadaStore.Store.Model;

/// <summary>Where a file's bytes lie.</summary>
/// <param name="Depth">0: the extents are the bytes. n: the extents' bytes are themselves a list of extents of depth n
/// − 1.</param>
/// <param name="Extents">In order, without gaps.</param>
/// <remarks>
/// An entry of kind file with a digest and no content is one chunk, whose id follows from the digest, or no bytes at
/// all.
/// </remarks>
public sealed record Content(int Depth, IReadOnlyList<Extent> Extents);
