using System.Runtime.CompilerServices;
using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>What is in a snapshot: everything below a path, or one level of it.</summary>
internal sealed class Listing(TreeReader trees, PathResolver resolver)
{
    /// <summary>Everything at or below the path, in path order.</summary>
    public async IAsyncEnumerable<Found> EntriesAsync(
        Snapshot snapshot, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (SourceRange range in await resolver.ResolveAsync(
            snapshot, path, cancellationToken).ConfigureAwait(false))
        {
            await foreach (Entry entry in resolver.EntriesAsync(range, cancellationToken).ConfigureAwait(false))
            {
                yield return new Found(snapshot, range.FullPath(entry.Path), entry);
            }
        }
    }

    /// <summary>A file itself, or the files and folders that lie directly in a folder.</summary>
    public async IAsyncEnumerable<Found> LevelAsync(
        Snapshot snapshot, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? last = null;
        foreach (SourceRange range in await resolver.ResolveAsync(
            snapshot, path, cancellationToken).ConfigureAwait(false))
        {
            if (SegmentAbove(range, path) is { } segment)
            {
                if (segment != last)
                {
                    yield return new Found(snapshot, new EntryPath(segment), null);
                }

                last = segment;
                continue;
            }

            await foreach (Found found in LevelAsync(snapshot, range, cancellationToken).ConfigureAwait(false))
            {
                yield return found;
            }
        }
    }

    // The path ends above the source's root: what lies there is the next segment of the root.
    private static string? SegmentAbove(SourceRange range, string path)
    {
        string asked = PathResolver.Plain(path).TrimEnd('/');
        string shown = range.ShownRoot;
        if (range.Prefix.Length > 0 || asked == shown)
        {
            return null;
        }

        int end = shown.IndexOf('/', asked.Length == 0 ? 0 : asked.Length + 1);
        return range.Source.Root[..^(end < 0 ? 0 : shown.Length - end)] + "/";
    }

    private async IAsyncEnumerable<Found> LevelAsync(
        Snapshot snapshot, SourceRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (PathResolver.RootOf(range.Source) is not { } root)
        {
            yield break;
        }

        EntryPath folder = range.Prefix;
        if (!folder.IsFolder)
        {
            if (await trees.FindAsync(root, folder, cancellationToken).ConfigureAwait(false) is { } file)
            {
                yield return new Found(snapshot, range.FullPath(file.Path), file);
            }

            folder = folder.Append("/"u8);
        }

        EntryPath? from = folder;
        while (from is { } start)
        {
            from = null;
            await foreach (Entry entry in trees.ScanAsync(root, start, folder, cancellationToken).ConfigureAwait(false))
            {
                ReadOnlySpan<byte> rest = entry.Path.Span[folder.Length..];
                int slash = rest.IndexOf((byte)'/');
                if (rest.IsEmpty && entry.Kind == EntryKind.Folder)
                {
                    continue;
                }

                // In S3 `x/` may be an object, and then lies in the folder of that name.
                if (slash < 0)
                {
                    yield return new Found(snapshot, range.FullPath(entry.Path), entry);
                    continue;
                }

                // A folder: shown once, then everything below it is skipped; '0' is the byte that follows '/'.
                EntryPath shown = folder.Append(rest[..(slash + 1)]);
                yield return new Found(snapshot, range.FullPath(shown), slash + 1 == rest.Length ? entry : null);
                from = new EntryPath([.. shown.Span[..^1], (byte)'0']);
                break;
            }
        }
    }
}
