using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>What lies below a folder that is looked into: all of it, or nothing and the reason why.</summary>
/// <param name="Folder">The folder; a <see cref="SourceFault"/> where the listing failed, be it at its last
/// entry.</param>
/// <param name="Below">In path order; empty where the listing failed.</param>
/// <remarks>
/// The folder's entry comes before those below it, and says whether they are all: so they are taken down to the end
/// before the first is used. Memory: what is listed of each, at most <see cref="MaxEntries"/> of them.
/// </remarks>
internal sealed record SubtreeListing(SourceEntry Folder, IReadOnlyList<SourceEntry> Below)
{
    /// <summary>Most entries below one folder: 500,000.</summary>
    public const int MaxEntries = 500_000;

    /// <summary>Lists a subtree to its end.</summary>
    /// <exception cref="StoreException">The collector broke its promise of order, or left the folder.</exception>
    public static async ValueTask<SubtreeListing> TakeAsync(SourceSubtree subtree, CancellationToken cancellationToken)
    {
        var below = new List<SourceEntry>();
        EntryPath last = subtree.Path;
        try
        {
            await foreach (SourceEntry entry in subtree.ExpandAsync(cancellationToken)
                .WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (entry.Path <= last || !entry.Path.Span.StartsWith(subtree.Path.Span) || entry is SourceSubtree)
                {
                    throw new StoreException(
                        StoreFault.SourceUnreachable,
                        $"The source listed {entry.Path} after {last}, out of order or outside {subtree.Path}.");
                }

                if (below.Count == MaxEntries)
                {
                    throw new IOException($"it has more than {MaxEntries} entries");
                }

                below.Add(entry);
                last = entry.Path;
            }

            return new SubtreeListing(subtree, below);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var fault = new SourceFault
            {
                Path = subtree.Path, Kind = EntryKind.Folder, ModifiedTime = subtree.ModifiedTime, Message = e.Message,
            };
            return new SubtreeListing(fault, []);
        }
    }
}
