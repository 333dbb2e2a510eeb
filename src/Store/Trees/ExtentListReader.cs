using System.Runtime.CompilerServices;
using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>Says where the bytes of an entry lie, whichever way the entry says it.</summary>
/// <param name="chunks">Where the list chunks are.</param>
/// <param name="chunkIdOf">The id of the chunk with that plain digest, for files of one chunk.</param>
internal sealed class ExtentListReader(IChunkReader chunks, Func<Digest, ChunkId> chunkIdOf)
{
    private const string Hint =
        "It is what was stored, but jstore would not have stored it. `jstore verify` lists what it affects.";

    /// <summary>The entry's bytes, in order, without gaps: their lengths sum to its size.</summary>
    /// <returns>Nothing for an empty file, for what is no file, and for what was not read (no digest).</returns>
    /// <exception cref="StoreException">A list is missing, malformed, or not as long as it should be; what was given
    /// out before stays good.</exception>
    public async IAsyncEnumerable<Extent> ReadAsync(
        Entry entry, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((Extent extent, int depth) in WalkAsync(entry, cancellationToken).ConfigureAwait(false))
        {
            if (depth == 0)
            {
                yield return extent;
            }
        }
    }

    /// <summary>Every chunk that the entry's bytes need, lists included, each before what it lists; a chunk may come
    /// twice.</summary>
    /// <exception cref="StoreException">As for <see cref="ReadAsync"/>.</exception>
    public async IAsyncEnumerable<ChunkId> ChunksAsync(
        Entry entry, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((Extent extent, _) in WalkAsync(entry, cancellationToken).ConfigureAwait(false))
        {
            if (!extent.IsHole)
            {
                yield return extent.Id;
            }
        }
    }

    // Extents of every depth; a list comes before what is in it. At most one list a depth is in memory.
    private async IAsyncEnumerable<(Extent Extent, int Depth)> WalkAsync(
        Entry entry, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (entry.Content is not { } content)
        {
            if (entry.Digest is { } digest && entry.Size > 0)
            {
                yield return (Extent.Chunk(chunkIdOf(digest), entry.Size), 0);
            }

            yield break;
        }

        long left = entry.Size;
        var open = new Stack<(IReadOnlyList<Extent> List, int Next)>();
        open.Push((content.Extents, 0));
        while (open.TryPop(out (IReadOnlyList<Extent> List, int Next) top))
        {
            if (top.Next == top.List.Count)
            {
                continue;
            }

            int depth = content.Depth - open.Count;
            Extent extent = top.List[top.Next];
            if (depth == 0 && (left -= extent.Length) < 0)
            {
                throw WrongSum(entry, "more");
            }

            open.Push((top.List, top.Next + 1));
            yield return (extent, depth);
            if (depth > 0)
            {
                open.Push((await ReadListAsync(extent, depth - 1, cancellationToken).ConfigureAwait(false), 0));
            }
        }

        if (left != 0)
        {
            throw WrongSum(entry, $"{left} fewer");
        }
    }

    private async ValueTask<Extent[]> ReadListAsync(Extent list, int depth, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> bytes = await chunks.ReadAsync(list.Id, cancellationToken).ConfigureAwait(false);
        return bytes.Length == list.Length
            ? ExtentCodec.ReadList(bytes.Span, list.Id, depth)
            : throw new StoreException(StoreFault.Corrupt,
                $"List chunk {list.Id} has {bytes.Length} bytes where {list.Length} are due.", Hint);
    }

    private static StoreException WrongSum(Entry entry, string found) =>
        new(StoreFault.Corrupt, $"The extents of {entry.Path} do not sum to its {entry.Size} bytes: {found}.", Hint);
}
