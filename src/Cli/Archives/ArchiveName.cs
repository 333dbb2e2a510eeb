using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Archives;

/// <summary>What a path is called in an archive.</summary>
/// <remarks>Whoever unpacks it may do as its names say, so none of them leads anywhere: where a path has a name that no
/// folder can hold, all of it is written as docs/restore.md says for keys.</remarks>
internal static class ArchiveName
{
    /// <summary>The path as it can stand in an archive; the same one in nearly all cases.</summary>
    /// <param name="path">With its source's root; hostile.</param>
    public static EntryPath Of(EntryPath path)
    {
        ReadOnlySpan<byte> stem = path.IsFolder && path.Length > 0 ? path.Span[..^1] : path.Span;
        if (stem.IsEmpty || IsPlain(stem))
        {
            return path;
        }

        // Where a backslash parts folders, it may not lead out either.
        bool hasBackslash = stem.Contains((byte)'\\');
        EntryPath name = LocalTarget.EscapedName(new EntryPath(stem.ToArray()), hasBackslash);
        return path.IsFolder ? name.Append("/"u8) : name;
    }

    private static bool IsPlain(ReadOnlySpan<byte> path)
    {
        foreach (Range range in path.SplitAny("/\\"u8))
        {
            ReadOnlySpan<byte> name = path[range];
            bool isEmpty = name.IsEmpty && !path.Contains((byte)'\\');
            if (isEmpty || name.SequenceEqual("."u8) || name.SequenceEqual(".."u8) || name.Contains((byte)0))
            {
                return false;
            }
        }

        return !path.StartsWith("/"u8) && path.IndexOf("//"u8) < 0 && !path.EndsWith("/"u8);
    }
}
