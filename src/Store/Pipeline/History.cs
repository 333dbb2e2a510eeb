using System.Runtime.CompilerServices;
using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>Looks across snapshots: the versions of a path, and the places where a pattern matches.</summary>
internal sealed class History(TreeReader trees, PathResolver resolver)
{
    /// <summary>
    /// Every version of a path, oldest first; snapshots that did not look for its source or its region, or could not
    /// list its folder, say nothing of it.
    /// </summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>: no snapshot has it.</exception>
    public async IAsyncEnumerable<PathVersion> LogAsync(
        IReadOnlyList<Snapshot> snapshots, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Entry? last = null;
        (SourceRange Range, Snapshot In)? seen = null;
        foreach (Snapshot snapshot in snapshots)
        {
            IReadOnlyList<SourceRange>? ranges =
                await resolver.TryResolveAsync(snapshot, path, cancellationToken).ConfigureAwait(false);
            SourceRange? range = ranges?[0];
            if (range is null && (seen is not { } before
                || await SaysNothingAsync(snapshot, before.Range, before.In, cancellationToken).ConfigureAwait(false)))
            {
                continue;
            }

            Entry? now = range is null ? null : await FindAsync(range, cancellationToken).ConfigureAwait(false);
            seen = range is null ? seen : (range, snapshot);
            if (now is null && last is null)
            {
                continue;
            }

            if (EntryComparison.Compare(last, now) is { } change)
            {
                yield return new PathVersion(snapshot, seen!.Value.Range.FullPath(change.Path), change.Kind, now);
            }

            last = now;
        }

        if (seen is null)
        {
            throw new StoreException(
                StoreFault.NotFound, $"No snapshot has '{path}'.", "`jstore find` looks for names in all snapshots.");
        }
    }

    /// <summary>
    /// Where the pattern matches a path, or a path without its source kind; in each snapshot in path order.
    /// </summary>
    public async IAsyncEnumerable<Found> FindAsync(
        IEnumerable<Snapshot> snapshots, string pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var glob = new Glob(pattern);
        foreach (Snapshot snapshot in snapshots)
        {
            foreach (SnapshotSource source in snapshot.Record.Sources)
            {
                var range = new SourceRange(source, default, false);
                await foreach (Entry entry in resolver.EntriesAsync(range, cancellationToken).ConfigureAwait(false))
                {
                    EntryPath full = range.FullPath(entry.Path);
                    string text = full.ToString().TrimEnd('/');
                    if (glob.Matches(text)
                        || glob.Matches(text.AsSpan(text.IndexOf('/', StringComparison.Ordinal) + 1)))
                    {
                        yield return new Found(snapshot, full, entry);
                    }
                }
            }
        }
    }

    // The snapshot lacks the path. As a diff has it, that means nothing where it did not look for the source, did not
    // take that part of it, or could not list a folder above the path.
    private async ValueTask<bool> SaysNothingAsync(
        Snapshot snapshot, SourceRange at, Snapshot had, CancellationToken cancellationToken) =>
        snapshot.Record.Sources.FirstOrDefault(source => source.Root == at.Source.Root) is not { } source
            ? !LookedFor.In(snapshot.Record, at.Source, had.Record)
            : new UntakenParts(source, at.Source).At(at.Prefix) is not null
                || await new UnlistedFolders(trees, source).HideAsync(
                    at.Prefix, cancellationToken).ConfigureAwait(false);

    private async ValueTask<Entry?> FindAsync(SourceRange range, CancellationToken cancellationToken)
    {
        if (PathResolver.RootOf(range.Source) is not { } root)
        {
            return null;
        }

        Entry? file = await trees.FindAsync(root, range.Prefix, cancellationToken).ConfigureAwait(false);
        return file is null && !range.Prefix.IsFolder
            ? await trees.FindAsync(root, range.Prefix.Append("/"u8), cancellationToken).ConfigureAwait(false)
            : file;
    }
}
