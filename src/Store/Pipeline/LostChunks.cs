using System.Security.Cryptography;
using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// The documents in <c>lost/</c>: chunks that snapshots need and no pack has any more, so that whoever meets the loss
/// again knows that it is an old one.
/// </summary>
/// <remarks>Advice, not truth: a chunk that is found again is not lost, whatever stands here.</remarks>
internal sealed class LostChunks(IBackend backend, MasterKey key)
{
    private readonly SealedFolder<LostDocument> _documents = new(
        backend, key, "lost", RecordKind.Lost, SealingJson.Default.LostDocument, document => document.Id);

    /// <summary>Documents that could not be read at the last look, a line each.</summary>
    public IReadOnlyList<string> Problems => _documents.Problems;

    /// <summary>
    /// Deletes the documents that could not be read at the last look: whoever looks for losses finds them anew.
    /// </summary>
    public Task DeleteUnreadableAsync(CancellationToken cancellationToken) =>
        _documents.DeleteUnreadableAsync(cancellationToken);

    /// <summary>All chunks that were found lost, with the time when first.</summary>
    public async Task<IReadOnlyDictionary<ChunkId, DateTimeOffset>> ListAsync(CancellationToken cancellationToken)
    {
        var lost = new Dictionary<ChunkId, DateTimeOffset>();
        foreach (LostDocument document in await _documents.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (ChunkId chunk in ChunksOf(document))
            {
                lost[chunk] = lost.TryGetValue(chunk, out DateTimeOffset before) && before < document.Time
                    ? before
                    : document.Time;
            }
        }

        return lost;
    }

    /// <summary>Makes the documents list just these chunks: those that stand there keep their time, new ones get
    /// <paramref name="now"/>.</summary>
    public async Task SetAsync(IReadOnlySet<ChunkId> lost, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var listed = new HashSet<ChunkId>();
        foreach (LostDocument document in await _documents.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            List<ChunkId> still =
                [.. ChunksOf(document).Where(chunk => lost.Contains(chunk) && !listed.Contains(chunk))];
            listed.UnionWith(still);
            if (still.Count != document.Chunks.Count)
            {
                // The new one first, or a loss would seem new after a crash.
                await WriteAsync(still, document.Time, cancellationToken).ConfigureAwait(false);
                await _documents.DeleteAsync(document.Id, cancellationToken).ConfigureAwait(false);
            }
        }

        await WriteAsync(
            [.. lost.Where(chunk => !listed.Contains(chunk))], now, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(List<ChunkId> chunks, DateTimeOffset time, CancellationToken cancellationToken)
    {
        if (chunks.Count > 0)
        {
            string id = RandomNumberGenerator.GetHexString(32, lowercase: true);
            string[] names = [.. chunks.Select(chunk => chunk.ToString()).Order(StringComparer.Ordinal)];
            await _documents.TryWriteAsync(
                new LostDocument(1, id, time, names), cancellationToken).ConfigureAwait(false);
        }
    }

    // What is no chunk's id was not written by jstore, and says nothing.
    private static IEnumerable<ChunkId> ChunksOf(LostDocument document)
    {
        foreach (string hex in document.Chunks)
        {
            if (Digest.TryParse(hex, out Digest digest))
            {
                yield return new ChunkId(digest);
            }
        }
    }
}
