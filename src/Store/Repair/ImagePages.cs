using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Repair;

/// <summary>Reads pages as they would be after a repair that only looks: from packs in memory, else from where they
/// are.</summary>
/// <remarks>
/// Memory: the images of the damaged packs of pages. Each page that is read from one opens its block.
/// </remarks>
internal sealed class ImagePages(IChunkReader others) : IChunkReader
{
    private readonly Dictionary<ChunkId, (PackImage Image, PackBlock Block, int Position)> _places = [];

    /// <summary>Adds what is sound in a pack of pages; another's is passed over.</summary>
    public void Add(PackImage image)
    {
        foreach (PackBlock block in image.Sound.Where(block => block.Location.Purpose == PackPurpose.Pages))
        {
            for (int i = 0; i < block.Chunks.Count; i++)
            {
                _places[block.Chunks[i].Id] = (image, block, i);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(ChunkId id, CancellationToken cancellationToken)
    {
        if (!_places.TryGetValue(id, out (PackImage Image, PackBlock Block, int Position) place))
        {
            return await others.ReadAsync(id, cancellationToken).ConfigureAwait(false);
        }

        using RawBlock raw = await place.Image.OpenAsync(place.Block, cancellationToken).ConfigureAwait(false);
        return raw.Chunk(place.Position).ToArray();
    }
}
