using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>A source as one earlier snapshot has it.</summary>
/// <param name="trees">Reads it.</param>
/// <param name="tree">Its root page; null where no snapshot has the source.</param>
internal sealed class ParentTree(TreeReader trees, ChunkId? tree)
{
    private TreeCursor? _place;
    private bool _isLost;

    /// <summary>All entries, in path order. Those of a lost page are passed over: what they tell of is read
    /// again.</summary>
    public IAsyncEnumerable<Entry> EntriesAsync(CancellationToken cancellationToken) =>
        trees.ScanAsync(tree, default, default, Ignore, cancellationToken);

    /// <summary>The entry at that path; null where there is none.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: a page is lost.</exception>
    public ValueTask<Entry?> FindAsync(EntryPath path, CancellationToken cancellationToken) =>
        trees.FindAsync(tree, path, cancellationToken);

    /// <summary>As the other, for who asks for one path after another: neighbours share pages. Once a page is lost all
    /// are null. Not for two at once.</summary>
    public async ValueTask<Entry?> FindNextAsync(EntryPath path, CancellationToken cancellationToken)
    {
        if (_isLost)
        {
            return null;
        }

        _place ??= trees.CursorOf(tree);
        try
        {
            await _place.SeekAsync(path, cancellationToken).ConfigureAwait(false);
            return _place.AtEnd || _place.Path != path
                ? null : await _place.NextAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.IsDamage)
        {
            _isLost = true;
            return null;
        }
    }

    /// <summary>All entries below a folder, in path order, without the folder's own; none is passed over.</summary>
    /// <param name="folder">Its path, which ends in <c>/</c>.</param>
    /// <param name="cancellationToken">Stops before the next page.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: a page is lost.</exception>
    public IAsyncEnumerable<Entry> BelowAsync(EntryPath folder, CancellationToken cancellationToken) =>
        trees.ScanAsync(tree, default, folder, cancellationToken).Where(entry => entry.Path != folder);

    // A page of the parent that is lost must not keep a snapshot from being taken: what was on it is read again. The
    // index knows of the damage by then, and has the page stored anew.
    private static void Ignore(EntryPath first, StoreException damage)
    {
    }
}
