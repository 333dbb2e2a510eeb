using System.Runtime.CompilerServices;
using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>What changed between two snapshots, source by source; equal pages are never read.</summary>
internal sealed class SnapshotDiff(TreeDiff diff, TreeReader trees, PathResolver resolver)
{
    /// <summary>The changes, in path order.</summary>
    public async IAsyncEnumerable<Change> CompareAsync(
        Snapshot older, Snapshot newer, IReadOnlyList<string> paths, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, SnapshotSource> old =
            older.Record.Sources.ToDictionary(source => source.Root, StringComparer.Ordinal);
        Dictionary<string, SnapshotSource> now =
            newer.Record.Sources.ToDictionary(source => source.Root, StringComparer.Ordinal);
        IReadOnlyList<(string Root, EntryPath Prefix)> ranges =
            await RangesAsync(older, newer, paths, cancellationToken).ConfigureAwait(false);
        foreach ((string root, EntryPath prefix) in ranges)
        {
            SnapshotSource? a = old.GetValueOrDefault(root), b = now.GetValueOrDefault(root);

            // Of one that has nothing, such as what stands for buckets that nobody could list, nothing was not taken.
            if (a is null && b!.Tree is not null && !LookedFor.In(older.Record, b, newer.Record))
            {
                yield return new Change(new EntryPath(root + "/"), ChangeKind.NotTakenInOlder, null, null);
                continue;
            }

            if (b is null && a!.Tree is not null && !LookedFor.In(newer.Record, a, older.Record))
            {
                yield return new Change(new EntryPath(root + "/"), ChangeKind.NotTakenInNewer, null, null);
                continue;
            }

            await foreach (Change change in CompareAsync(root, a, b, prefix, cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
    }

    /// <summary>The changes of one source, in path order.</summary>
    /// <param name="old">The source in the older.</param>
    /// <param name="now">The source in the newer; of the same root.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public IAsyncEnumerable<Change> CompareAsync(SnapshotSource old, SnapshotSource now, CancellationToken cancellationToken) =>
        CompareAsync(now.Root, old, now, default, cancellationToken);

    private async Task<IReadOnlyList<(string Root, EntryPath Prefix)>> RangesAsync(
        Snapshot older, Snapshot newer, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var ranges = new SortedSet<(string Root, EntryPath Prefix)>(RangeOrder);
        foreach (string path in paths.Count == 0 ? [""] : paths)
        {
            IReadOnlyList<SourceRange> inOld =
                await resolver.TryResolveAsync(older, path, cancellationToken).ConfigureAwait(false) ?? [];
            IReadOnlyList<SourceRange> inNew =
                await resolver.TryResolveAsync(newer, path, cancellationToken).ConfigureAwait(false) ?? [];
            ranges.UnionWith(inOld.Concat(inNew).Select(range => (range.Source.Root, range.Prefix)));
            if (inOld.Count + inNew.Count == 0 && path.Length > 0)
            {
                throw new StoreException(
                    StoreFault.NotFound, $"There is no '{path}' in {older.Record.Name} or {newer.Record.Name}.", "`jstore ls` shows what there is.");
            }
        }

        // What lies within another is not told twice; that other one sorts before it.
        var kept = new List<(string Root, EntryPath Prefix)>();
        foreach ((string root, EntryPath prefix) in ranges)
        {
            if (!kept.Exists(other => other.Root == root && prefix.IsAtOrBelow(other.Prefix)))
            {
                kept.Add((root, prefix));
            }
        }

        return kept;
    }

    private static readonly Comparer<(string Root, EntryPath Prefix)> RangeOrder = Comparer<(string Root, EntryPath Prefix)>.Create(
        (x, y) => string.CompareOrdinal(x.Root, y.Root) is var c && c != 0 ? c : x.Prefix.CompareTo(y.Prefix));

    private async IAsyncEnumerable<Change> CompareAsync(
        string root, SnapshotSource? old, SnapshotSource? now, EntryPath prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Below a folder that one side could not list, what is missing there may well exist.
        var inOld = new UnlistedFolders(trees, old);
        var inNew = new UnlistedFolders(trees, now);
        UntakenParts ofOld = new(old, now), ofNew = new(now, old);
        string? untaken = null;
        ChunkId? oldRoot =
            old is null ? null : PathResolver.RootOf(old), newRoot = now is null ? null : PathResolver.RootOf(now);
        await foreach (
            EntryChange change in diff.CompareAsync(oldRoot, newRoot, prefix, cancellationToken).ConfigureAwait(false))
        {
            if (!change.Path.IsAtOrBelow(prefix))
            {
                continue;
            }

            // A part that one side did not take is one change, however much the other has there.
            string? part = change.Kind switch
            {
                ChangeKind.Added => ofOld.At(change.Path),
                ChangeKind.Removed => ofNew.At(change.Path),
                _ => null,
            };
            if (part is not null)
            {
                if (part != untaken)
                {
                    untaken = part;
                    yield return new Change(
                        new EntryPath(part.Length == 0 ? $"{root}/" : $"{root}/{part}/"),
                        change.Kind == ChangeKind.Added ? ChangeKind.NotTakenInOlder : ChangeKind.NotTakenInNewer, null, null);
                }

                continue;
            }

            bool unknown = change.Kind switch
            {
                ChangeKind.Added => await inOld.HideAsync(change.Path, cancellationToken).ConfigureAwait(false),
                ChangeKind.Removed => await inNew.HideAsync(change.Path, cancellationToken).ConfigureAwait(false),
                _ => false,
            };
            yield return new Change(
                new EntryPath(root + "/").Append(change.Path.Span), unknown ? ChangeKind.Unknown : change.Kind, change.Old, change.New);
        }
    }
}
