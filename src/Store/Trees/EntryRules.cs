using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>What an entry must be to stand in a page; the same for what is written and for what is read.</summary>
internal static class EntryRules
{
    /// <summary>Longest path, in bytes: 65,535.</summary>
    public const int MaxPath = 65_535;

    /// <summary>Most bytes that an entry takes in a page, its own path not counted: 524,288.</summary>
    public const int MaxEntry = 524_288;

    /// <summary>Largest chunk: 1 MiB.</summary>
    public const int MaxChunk = 1 << 20;

    /// <summary>Most extents in one entry and in one list of extents: 4,096.</summary>
    public const int MaxExtents = 4096;

    /// <summary>Deepest list of extents: 3.</summary>
    public const int MaxDepth = 3;

    /// <summary>What is wrong with the entry, attributes and total length aside; null when nothing is.</summary>
    public static string? Violation(Entry entry)
    {
        bool file = entry.Kind == EntryKind.File;
        if (entry.Path.Length > MaxPath)
        {
            return $"a path has {entry.Path.Length} bytes and can have {MaxPath} at most";
        }

        if (entry.Kind == EntryKind.Folder && !entry.Path.IsFolder)
        {
            return "a folder's path does not end in '/'";
        }

        if (entry.Size < 0 || (!file && (entry.Size != 0 || entry.Digest is not null || entry.Content is not null)))
        {
            return "what is no file has size, digest or content, or a size is negative";
        }

        if (entry.ModifiedTime is { Nanoseconds: < 0 or > 999_999_999 })
        {
            return "nanoseconds are not below a second";
        }

        if (entry.Mode > 0xFFF)
        {
            return "a mode is above 07777";
        }

        if (entry.LinkTarget is not null && entry.Kind != EntryKind.Symlink)
        {
            return "what is no symbolic link has a target";
        }

        if (entry.Device is not null && entry.Kind is not (EntryKind.CharacterDevice or EntryKind.BlockDevice))
        {
            return "what is no device has device numbers";
        }

        if (entry.HardLink is { } first && (entry.Kind == EntryKind.Folder || first >= entry.Path))
        {
            return "a hard link is a folder, or does not lead to an earlier path";
        }

        return file ? ContentViolation(entry) : null;
    }

    /// <summary>What is wrong with one extent of that depth; null when nothing is.</summary>
    public static string? Violation(Extent extent, int depth)
    {
        if (extent.Length < 1)
        {
            return "an extent is empty";
        }

        return extent.IsHole
            ? depth > 0 ? "a list of extents is a hole" : null
            : extent.Length > MaxChunk ? $"a chunk of {extent.Length} bytes is larger than {MaxChunk}" : null;
    }

    private static string? ContentViolation(Entry entry)
    {
        if (entry.Content is not { } content)
        {
            return entry.Digest is not null && entry.HardLink is null && entry.Size > MaxChunk
                ? "a file is larger than one chunk and does not say where its bytes lie"
                : null;
        }

        if (entry.Digest is null)
        {
            return "a file has content and no digest";
        }

        if (content.Depth is < 0 or > MaxDepth || content.Extents.Count is < 1 or > MaxExtents)
        {
            return $"content has depth {content.Depth} and {content.Extents.Count} extents";
        }

        long left = entry.Size;
        foreach (Extent extent in content.Extents)
        {
            if (Violation(extent, content.Depth) is { } wrong)
            {
                return wrong;
            }

            if (content.Depth == 0 && (left -= extent.Length) < 0)
            {
                break;
            }
        }

        return content.Depth == 0 && left != 0 ? "the extents' lengths do not sum to the size" : null;
    }
}
