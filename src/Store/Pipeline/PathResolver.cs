using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>Finds what a path that a person typed means in a snapshot.</summary>
/// <remarks>
/// <c>local/site/index.html</c> is meant whole where there is such a path; else, as <c>site/index.html</c>, it leaves
/// the source kind out, which is fine as long as it fits one kind; one that only tells more of another
/// (<c>s3-config</c> of <c>s3</c>) does not count beside that. A path names a file or everything below it. Where a name
/// is no UTF-8, <c>\xNN</c> stands for a byte.
/// </remarks>
internal sealed class PathResolver(TreeReader trees)
{
    /// <summary>The parts of the snapshot that the path means; at least one.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>,
    /// <see cref="StoreFault.Ambiguous"/>.</exception>
    public async Task<IReadOnlyList<SourceRange>> ResolveAsync(Snapshot snapshot, string path, CancellationToken cancellationToken) =>
        await TryResolveAsync(snapshot, path, cancellationToken).ConfigureAwait(false)
        ?? throw new StoreException(
            StoreFault.NotFound, $"There is no '{path}' in {snapshot.Record.Name}.", $"`jstore ls {snapshot.Record.Name}` shows what there is.");

    /// <summary>As <see cref="ResolveAsync"/>, but null when there is nothing.</summary>
    public async Task<IReadOnlyList<SourceRange>?> TryResolveAsync(
        Snapshot snapshot, string path, CancellationToken cancellationToken)
    {
        string plain = Plain(path);
        IReadOnlyList<SourceRange> ranges =
            await ExistingAsync(snapshot, plain, false, cancellationToken).ConfigureAwait(false);
        if (ranges.Count > 0)
        {
            return ranges;
        }

        IReadOnlyList<SourceRange> all =
            await ExistingAsync(snapshot, plain, true, cancellationToken).ConfigureAwait(false);
        ranges = [.. all.Where(
            range => !all.Any(other => range.Kind.StartsWith(other.Kind + "-", StringComparison.Ordinal)))];
        if (ranges.Select(range => range.Kind).Distinct().Count() > 1)
        {
            string both = string.Join(" and ", ranges.Select(range => range.FullPath(range.Prefix).ToString()));
            throw new StoreException(
                StoreFault.Ambiguous, $"'{path}' could be {both}.", "Give the path with its source kind in front.");
        }

        return ranges.Count == 0 ? null : ranges;
    }

    /// <summary>The path as it stands in a snapshot: without what a shell's user may put in front.</summary>
    public static string Plain(string path)
    {
        string plain = path == "." ? "" : path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        return plain.StartsWith('/') ? plain[1..] : plain;
    }

    /// <summary>Everything in a range, in path order.</summary>
    public IAsyncEnumerable<Entry> EntriesAsync(SourceRange range, CancellationToken cancellationToken) =>
        EntriesAsync(range, null, cancellationToken);

    /// <summary>
    /// Everything in a range, in path order; a page that is lost is told of, with its first path, and passed over.
    /// </summary>
    public async IAsyncEnumerable<Entry> EntriesAsync(
        SourceRange range, Action<EntryPath, StoreException>? damaged,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (RootOf(range.Source) is not { } root)
        {
            yield break;
        }

        EntryPath below = range.Prefix;
        if (!below.IsFolder)
        {
            if (await trees.FindAsync(root, below, cancellationToken).ConfigureAwait(false) is { } file)
            {
                yield return file;
            }

            below = below.Append("/"u8);
        }

        await foreach (
            Entry entry in trees.ScanAsync(root, below, below, damaged, cancellationToken).ConfigureAwait(false))
        {
            yield return entry;
        }
    }

    /// <summary>The root page of a source; null when it is empty.</summary>
    /// <exception cref="StoreException">The record names no digest there.</exception>
    public static ChunkId? RootOf(SnapshotSource source) =>
        source.Tree is null ? null
        : Digest.TryParse(source.Tree, out Digest digest) ? new ChunkId(digest)
        : throw new StoreException(
            StoreFault.Corrupt, $"The record of source {source.Root} has '{source.Tree}' where a page's id should be.");

    private async Task<IReadOnlyList<SourceRange>> ExistingAsync(
        Snapshot snapshot, string path, bool kindOmitted, CancellationToken cancellationToken)
    {
        var found = new List<SourceRange>();
        foreach (SnapshotSource source in snapshot.Record.Sources)
        {
            var all = new SourceRange(source, default, kindOmitted);
            string root = all.ShownRoot;
            if (path.Length == 0
                ? !kindOmitted
                : (root + "/").StartsWith(path.EndsWith('/') ? path : path + "/", StringComparison.Ordinal))
            {
                found.Add(all);
            }
            else if (path.StartsWith(root + "/", StringComparison.Ordinal)
                && await FindPrefixAsync(source, path[(root.Length + 1)..], cancellationToken).ConfigureAwait(false) is { } prefix)
            {
                found.Add(all with { Prefix = prefix });
            }
        }

        return found;
    }

    private async Task<EntryPath?> FindPrefixAsync(
        SnapshotSource source, string rest, CancellationToken cancellationToken)
    {
        var literal = new EntryPath(rest);
        EntryPath escaped = EntryPath.ParseEscaped(rest);
        return await ExistsAsync(source, literal, cancellationToken).ConfigureAwait(false) ? literal
            : escaped != literal
                && await ExistsAsync(source, escaped, cancellationToken).ConfigureAwait(false) ? escaped
            : null;
    }

    private async Task<bool> ExistsAsync(SnapshotSource source, EntryPath prefix, CancellationToken cancellationToken)
    {
        await foreach (
            Entry _ in EntriesAsync(new SourceRange(source, prefix, false), cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        return false;
    }
}
