using System.Runtime.CompilerServices;
using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>What changed between two snapshots, source by source; equal pages are never read.</summary>
internal sealed class SnapshotDiff(TreeDiff diff, PathResolver resolver)
{
    /// <summary>The changes, in path order.</summary>
    public async IAsyncEnumerable<Change> CompareAsync(
        Snapshot older, Snapshot newer, IReadOnlyList<string> paths, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, SnapshotSource> old = older.Record.Sources.ToDictionary(source => source.Root, StringComparer.Ordinal);
        Dictionary<string, SnapshotSource> now = newer.Record.Sources.ToDictionary(source => source.Root, StringComparer.Ordinal);
        IReadOnlyList<(string Root, EntryPath Prefix)> ranges =
            await RangesAsync(older, newer, paths, cancellationToken).ConfigureAwait(false);
        foreach ((string root, EntryPath prefix) in ranges)
        {
            ChunkId? oldRoot = old.TryGetValue(root, out SnapshotSource? a) ? PathResolver.RootOf(a) : null;
            ChunkId? newRoot = now.TryGetValue(root, out SnapshotSource? b) ? PathResolver.RootOf(b) : null;
            await foreach (Change change in CompareAsync(root, oldRoot, newRoot, prefix, cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
    }

    private async Task<IReadOnlyList<(string Root, EntryPath Prefix)>> RangesAsync(
        Snapshot older, Snapshot newer, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var ranges = new SortedSet<(string Root, EntryPath Prefix)>(RangeOrder);
        foreach (string path in paths.Count == 0 ? [""] : paths)
        {
            IReadOnlyList<SourceRange> inOld = await resolver.TryResolveAsync(older, path, cancellationToken).ConfigureAwait(false) ?? [];
            IReadOnlyList<SourceRange> inNew = await resolver.TryResolveAsync(newer, path, cancellationToken).ConfigureAwait(false) ?? [];
            ranges.UnionWith(inOld.Concat(inNew).Select(range => (range.Source.Root, range.Prefix)));
            if (inOld.Count + inNew.Count == 0 && path.Length > 0)
            {
                throw new StoreException(
                    StoreFault.NotFound, $"There is no '{path}' in {older.Record.Name} or {newer.Record.Name}.", "`jstore ls` shows what there is.");
            }
        }

        return [.. ranges];
    }

    private static readonly Comparer<(string Root, EntryPath Prefix)> RangeOrder = Comparer<(string Root, EntryPath Prefix)>.Create(
        (x, y) => string.CompareOrdinal(x.Root, y.Root) is var c && c != 0 ? c : x.Prefix.CompareTo(y.Prefix));

    private async IAsyncEnumerable<Change> CompareAsync(
        string root, ChunkId? oldRoot, ChunkId? newRoot, EntryPath prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Below a folder that one side could not list, what is missing there may well exist.
        EntryPath? unlisted = null;
        await foreach (EntryChange change in diff.CompareAsync(oldRoot, newRoot, prefix, cancellationToken).ConfigureAwait(false))
        {
            if (!change.Path.IsAtOrBelow(prefix))
            {
                continue;
            }

            ChangeKind kind = change.Kind;
            if (unlisted is { } folder && change.Path.Span.StartsWith(folder.Span))
            {
                kind = ChangeKind.Unknown;
            }
            else if (change.Path.IsFolder && (change.Old?.Problem ?? change.New?.Problem) is not null)
            {
                unlisted = change.Path;
            }

            yield return new Change(new EntryPath(root + "/").Append(change.Path.Span), kind, change.Old, change.New);
        }
    }
}
