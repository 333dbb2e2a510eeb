using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>Whether two entries of one path differ, and in what.</summary>
/// <remarks>
/// Fingerprints are not compared: they mean something to a collector only. Nor are extents: what has content has a
/// digest, and with equal digests other extents are other cuts through the same bytes.
/// </remarks>
internal static class EntryComparison
{
    /// <summary>What became of the path; null when nothing did, or it is in neither map.</summary>
    public static EntryChange? Compare(Entry? old, Entry? @new)
    {
        ChangeKind? kind = (old, @new) switch
        {
            (null, null) => null,
            (null, _) => ChangeKind.Added,
            (_, null) => ChangeKind.Removed,
            _ => Compared(old, @new),
        };
        return kind is { } change ? new EntryChange((old ?? @new)!.Path, change, old, @new) : null;
    }

    private static ChangeKind? Compared(Entry old, Entry @new)
    {
        bool sameContent = SameContent(old, @new);
        if (sameContent && SameMetadata(old, @new))
        {
            return null;
        }

        if (old.Kind == @new.Kind && (IsUnread(old) || IsUnread(@new)))
        {
            return ChangeKind.Unknown;
        }

        return sameContent ? ChangeKind.Metadata : ChangeKind.Modified;
    }

    // What was not read may also have a size that is only what was listed, or no size: it proves nothing.
    private static bool IsUnread(Entry entry) => entry.Problem is not null && entry.Digest is null;

    private static bool SameContent(Entry old, Entry @new) =>
        old.Kind == @new.Kind
        && old.Size == @new.Size
        && old.Digest == @new.Digest
        && old.Device == @new.Device
        && (old.LinkTarget is null) == (@new.LinkTarget is null)
        && old.LinkTarget.AsSpan().SequenceEqual(@new.LinkTarget);

    private static bool SameMetadata(Entry old, Entry @new) =>
        old.ModifiedTime == @new.ModifiedTime
        && old.Mode == @new.Mode
        && old.Owner == @new.Owner
        && old.HardLink == @new.HardLink
        && old.Problem == @new.Problem
        && SameAttributes(old.Attributes, @new.Attributes);

    private static bool SameAttributes(IReadOnlyList<NamedValue> old, IReadOnlyList<NamedValue> @new)
    {
        if (old.Count != @new.Count)
        {
            return false;
        }

        for (int i = 0; i < old.Count; i++)
        {
            if (old[i].Name != @new[i].Name || !old[i].Value.AsSpan().SequenceEqual(@new[i].Value))
            {
                return false;
            }
        }

        return true;
    }
}
