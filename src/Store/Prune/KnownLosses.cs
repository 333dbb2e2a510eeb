using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;

namespace JadaStore.Store.Prune;

/// <summary>What a repair noted as lost, and is: a prune need not find it.</summary>
internal static class KnownLosses
{
    /// <summary>Those of the chunks in <c>lost/</c> that can be read nowhere.</summary>
    /// <remarks>The note may be older than what brought a chunk back, so every place that there is is tried.</remarks>
    public static async Task<IReadOnlySet<ChunkId>> ReadAsync(
        RepositoryParts parts, CancellationToken cancellationToken)
    {
        var lost = new HashSet<ChunkId>();
        foreach (ChunkId chunk in (await parts.Lost.ListAsync(cancellationToken).ConfigureAwait(false)).Keys)
        {
            if (await SoundPlace.FindAsync(parts, chunk, cancellationToken).ConfigureAwait(false) is null)
            {
                lost.Add(chunk);
            }
        }

        return lost;
    }
}
