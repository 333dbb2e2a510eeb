using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Where the entries of a range stand in a target.</summary>
/// <remarks>
/// Only keys of sources that are no folders get other names, and only where the target holds folders: there a key
/// cannot stand beside others that begin with it and a <c>/</c>.
/// </remarks>
internal sealed class TargetNames(SourceRange range, IRestoreTarget target)
{
    private const string Folders = "local";

    /// <summary>Whether names may differ from keys.</summary>
    public bool AreEscaped { get; } = !target.IsFlat && range.Kind != Folders;

    /// <summary>Whether this one does.</summary>
    public bool Escapes(Entry entry, EntryPath path) => AreEscaped && path != range.TargetPath(entry.Path);

    /// <summary>An entry's path under the target.</summary>
    public EntryPath PlaceOf(Entry entry, bool isFolderToo) =>
        AreEscaped && entry.Kind != EntryKind.Folder
            ? range.TargetPath(target.NameOf(entry.Path, isFolderToo)) : range.TargetPath(entry.Path);

    /// <summary>A prefix of a range under the target: a file's name, and what all names below begin with.</summary>
    public EntryPath PlaceOf(EntryPath prefix)
    {
        if (!AreEscaped || prefix.Length == 0)
        {
            return range.TargetPath(prefix);
        }

        // The name of something below, cut off there: a folder's own name is made as those of files are not.
        EntryPath inside = target.NameOf(prefix.Append(prefix.IsFolder ? "x"u8 : "/x"u8), isFolderToo: false);
        return range.TargetPath(new EntryPath(inside.Span[..^(prefix.IsFolder ? 1 : 2)].ToArray()));
    }

    /// <summary>The path in the source that a path under the target stands for.</summary>
    public EntryPath KeyOf(EntryPath path)
    {
        var inside = new EntryPath(path.Span[range.TargetPath(default).Length..].ToArray());
        return AreEscaped ? target.KeyOf(inside) : inside;
    }

    /// <summary>Gives each entry its place. Those whose place follows from what comes later come late.</summary>
    /// <remarks>Memory: entries that begin with each other, a key's length of them at most.</remarks>
    /// <param name="entries">Of the range, in path order.</param>
    public async IAsyncEnumerable<(Entry Entry, EntryPath Path)> OfAsync(IAsyncEnumerable<Entry> entries)
    {
        // Each begins with the one below it. A key may be followed by others, a! and a.b, before a/ comes.
        var waiting = new Stack<Entry>();
        await foreach (Entry entry in entries.ConfigureAwait(false))
        {
            if (!AreEscaped)
            {
                yield return (entry, range.TargetPath(entry.Path));
                continue;
            }

            while (waiting.TryPeek(out Entry? top) && !IsOpen(top.Path, entry.Path, out bool isFolderToo))
            {
                yield return (waiting.Pop(), PlaceOf(top, isFolderToo));
            }

            if (entry.Kind == EntryKind.Folder)
            {
                yield return (entry, range.TargetPath(entry.Path));
            }
            else
            {
                waiting.Push(entry);
            }
        }

        while (waiting.TryPop(out Entry? last))
        {
            yield return (last, PlaceOf(last, isFolderToo: false));
        }
    }

    // Whether more must be seen to know if anything begins with the key and a slash.
    private static bool IsOpen(EntryPath key, EntryPath next, out bool isFolderToo)
    {
        ReadOnlySpan<byte> rest = next.Span.StartsWith(key.Span) ? next.Span[key.Length..] : [];
        isFolderToo = rest.StartsWith("/"u8);
        return rest.Length > 0 && rest[0] < (byte)'/';
    }
}
