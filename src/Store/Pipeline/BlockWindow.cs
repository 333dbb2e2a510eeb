using JadaStore.Store.Packs;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// The few blocks that one reader of content used last: neighbours in a folder are neighbours in a block.
/// </summary>
/// <remarks>For one thread at a time. Memory: <see cref="MaxBlocks"/> blocks.</remarks>
internal sealed class BlockWindow(PackReader packs) : IDisposable
{
    private const int MaxBlocks = 4;

    private readonly List<(BlockLocation Place, RawBlock Block)> _blocks = new(MaxBlocks);

    /// <summary>The block's plain bytes; good until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> GetAsync(BlockLocation place, CancellationToken cancellationToken)
    {
        int at = _blocks.FindIndex(held => held.Place.Number == place.Number && held.Place.Pack == place.Pack);
        if (at < 0)
        {
            RawBlock block = await packs.ReadBlockAsync(place, cancellationToken).ConfigureAwait(false);
            if (_blocks.Count == MaxBlocks)
            {
                _blocks[0].Block.Dispose();
                _blocks.RemoveAt(0);
            }

            _blocks.Add((place, block));
            at = _blocks.Count - 1;
        }
        else if (at < _blocks.Count - 1)
        {
            (BlockLocation, RawBlock) used = _blocks[at];
            _blocks.RemoveAt(at);
            _blocks.Add(used);
            at = _blocks.Count - 1;
        }

        return _blocks[at].Block.Raw;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((BlockLocation _, RawBlock block) in _blocks)
        {
            block.Dispose();
        }

        _blocks.Clear();
    }
}
