using System.Runtime.CompilerServices;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local;

/// <summary>One walk over a folder and all below it, in path order.</summary>
internal sealed class FolderWalk
{
    private readonly FolderReader _reader;
    private readonly ReadAhead _ahead;
    private readonly Action<string> _onExcluded;
    private readonly Dictionary<FileId, (EntryPath First, long Left)> _links = [];

    /// <param name="reader">Lists the folders.</param>
    /// <param name="options">How far ahead of the walk they are listed.</param>
    /// <param name="onExcluded">Told each rule that the walk comes upon.</param>
    public FolderWalk(FolderReader reader, LocalFolderOptions options, Action<string> onExcluded)
    {
        _reader = reader;
        _ahead = new ReadAhead(options.ReadAhead, options.MaxAhead);
        _onExcluded = onExcluded;
    }

    /// <summary>Yields every entry once, a folder before what it holds. Called once.</summary>
    /// <remarks>
    /// Memory: the listings from the root down to the folder at hand, those ahead, and the first path of each
    /// hard-linked file whose other names are still to come.
    /// </remarks>
    /// <exception cref="StoreException"><see cref="StoreFault.SourceUnreachable"/>: the root cannot be
    /// listed.</exception>
    public async IAsyncEnumerable<SourceEntry> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            Listing root = await _ahead.TakeAsync(_reader.Root).ConfigureAwait(false);
            if (root.IsGone || root.Problem is not null)
            {
                throw new StoreException(
                    StoreFault.SourceUnreachable, $"The folder cannot be listed: {root.Problem ?? "it is gone"}.");
            }

            yield return _reader.Root.Entry;
            var open = new Stack<(Listing Listing, int Next)>();
            Enter(open, root);
            while (open.TryPop(out (Listing Listing, int Next) at))
            {
                if (at.Next == at.Listing.Items.Count)
                {
                    continue;
                }

                cancellationToken.ThrowIfCancellationRequested();
                ListedItem item = at.Listing.Items[at.Next];
                at.Listing.Items[at.Next] = default;   // what is behind is not kept alive
                open.Push((at.Listing, at.Next + 1));
                if (item.Folder is null)
                {
                    yield return item.Links is null ? item.Entry : Linked(item.Entry, item.Links);
                    continue;
                }

                Listing below = await _ahead.TakeAsync(item.Folder).ConfigureAwait(false);
                if (below.Problem is not null)
                {
                    yield return Fault(item.Entry, below.Problem);
                }
                else if (!below.IsGone)
                {
                    yield return item.Entry;
                    Enter(open, below);
                }
            }
        }
        finally
        {
            await _ahead.StopAsync().ConfigureAwait(false);
        }
    }

    private void Enter(Stack<(Listing Listing, int Next)> open, Listing listing)
    {
        listing.Excluded?.ForEach(_onExcluded);
        open.Push((listing, 0));
    }

    private static SourceFault Fault(SourceEntry folder, string message) => new()
    {
        Path = folder.Path, Kind = folder.Kind, ModifiedTime = folder.ModifiedTime, Message = message,
    };

    /// <summary>The first name of a file stands for it; every later one is a link to that.</summary>
    private SourceEntry Linked(SourceEntry entry, LinkedFile file)
    {
        if (!_links.TryGetValue(file.Id, out (EntryPath First, long Left) known))
        {
            _links.Add(file.Id, (entry.Path, file.Names - 1));
            return entry;
        }

        if (known.Left > 1)
        {
            _links[file.Id] = (known.First, known.Left - 1);
        }
        else
        {
            _links.Remove(file.Id);   // no name is left that could still come
        }

        return _reader.AsHardLink(entry, known.First);
    }
}
