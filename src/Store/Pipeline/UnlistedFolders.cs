using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// Says of a path that a source lacks whether it may exist all the same: a folder above it could not be listed, or the
/// listing broke off before it.
/// </summary>
/// <remarks>Neighbours in path order share what was looked up. A source that is complete is never read.</remarks>
/// <param name="trees">Reads the source.</param>
/// <param name="source">The source; null where a snapshot does not have it, which hides nothing.</param>
internal sealed class UnlistedFolders(TreeReader trees, SnapshotSource? source)
{
    private readonly Stack<(EntryPath Folder, bool Hides)> _above = new();
    private readonly EntryPath? _unlistedAfter =
        source?.UnlistedAfter is { } hex ? new EntryPath(Convert.FromHexString(hex)) : null;

    /// <summary>Whether a folder above the path has a problem, or the path lies behind where the listing broke
    /// off.</summary>
    /// <exception cref="StoreException">A page is missing or malformed.</exception>
    public async ValueTask<bool> HideAsync(EntryPath path, CancellationToken cancellationToken)
    {
        if (source is null or { Complete: true } || path.Length == 0)
        {
            return false;
        }

        if (_unlistedAfter is { } last && path > last)
        {
            return true;
        }

        while (_above.TryPeek(out (EntryPath Folder, bool) top)
            && (top.Folder == path || !path.Span.StartsWith(top.Folder.Span)))
        {
            _above.Pop();
        }

        if (_above.Count == 0)
        {
            await PushAsync(default, cancellationToken).ConfigureAwait(false);
        }

        for (int at = _above.Peek().Folder.Length; !_above.Peek().Hides;)
        {
            int slash = path.Span[at..^1].IndexOf((byte)'/');
            if (slash < 0)
            {
                return false;
            }

            at += slash + 1;
            await PushAsync(new EntryPath(path.Span[..at].ToArray()), cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async ValueTask PushAsync(EntryPath folder, CancellationToken cancellationToken)
    {
        Entry? entry =
            await trees.FindAsync(PathResolver.RootOf(source!), folder, cancellationToken).ConfigureAwait(false);
        _above.Push((folder, entry?.Problem is not null));
    }
}
