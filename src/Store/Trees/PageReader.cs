using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>Reads pages and checks that each is what the page above it says.</summary>
/// <param name="chunks">Where the pages are.</param>
internal sealed class PageReader(IChunkReader chunks)
{
    /// <summary>Reads a page of which nothing is known but its id.</summary>
    /// <exception cref="StoreException">It is missing, damaged, malformed or of a newer format.</exception>
    public async ValueTask<Page> ReadRootAsync(ChunkId root, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> bytes = await chunks.ReadAsync(root, cancellationToken).ConfigureAwait(false);
        return PageCodec.Read(bytes.Span, root);
    }

    /// <summary>Reads the page that an inner page names.</summary>
    /// <param name="link">What the inner page says of it.</param>
    /// <param name="height">One less than the inner page's.</param>
    /// <param name="end">All paths must be before this one; null when it is the last page of its height.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="StoreException">It is missing, damaged, malformed, of a newer format, or not what was
    /// said.</exception>
    public async ValueTask<Page> ReadAsync(
        PageLink link, int height, EntryPath? end, CancellationToken cancellationToken)
    {
        Page page = await ReadRootAsync(link.Id, cancellationToken).ConfigureAwait(false);
        if (page.Height != height)
        {
            throw Misfit(link, $"it has height {page.Height} where {height} is due");
        }

        if (page.PathOf(0) != link.First || (end is { } path && page.PathOf(page.Count - 1) >= path))
        {
            throw Misfit(link, "its paths are not in the range that the page above gives it");
        }

        if (page.Entries != link.Entries || page.Bytes != link.Bytes)
        {
            throw Misfit(link, $"it has {page.Entries} entries of {page.Bytes} bytes"
                + $" where {link.Entries} of {link.Bytes} are due");
        }

        return page;
    }

    private static StoreException Misfit(PageLink link, string what) =>
        new(StoreFault.Corrupt, $"Page {link.Id} does not fit the page above it: {what}.",
            "It is what was stored, but jstore would not have stored it. `jstore verify` lists what it affects.");
}
