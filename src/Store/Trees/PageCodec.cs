using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary><c>page</c> of docs/format.md: its parts as they are written, and the whole as it is read.</summary>
internal static class PageCodec
{
    /// <summary>A page ends only once its items take this many bytes: 4,096.</summary>
    public const int MinBytes = 4096;

    /// <summary>A page ends at once when its items take this many bytes: 65,536.</summary>
    public const int MaxBytes = 65_536;

    /// <summary>The highest page that is read: 32. An inner page has two children or more, so no map needs as
    /// many.</summary>
    public const int MaxHeight = 32;

    /// <summary>Most bytes that height and count take together.</summary>
    public const int MaxHeader = 11;

    // The least that an item takes: two bytes of path, and a kind and no fields, or an id and two numbers.
    private const int MinEntry = 4;
    private const int MinLink = 2 + ChunkId.Size + 2;

    /// <summary>Writes a path after <paramref name="last"/>.</summary>
    /// <param name="to">Stands at the item.</param>
    /// <param name="last">The path of the item before, or the empty path for a page's first.</param>
    /// <param name="path">Behind <paramref name="last"/>.</param>
    public static void WritePath(ByteWriter to, EntryPath last, EntryPath path)
    {
        int shared = last.Span.CommonPrefixLength(path.Span);
        to.WriteVarint(shared);
        to.WriteBytes(path.Span[shared..]);
    }

    /// <summary>Writes all of an inner page's item but its path.</summary>
    public static void WriteLink(ByteWriter to, PageLink link)
    {
        to.WriteDigest(link.Id.Value);
        to.WriteVarint(link.Entries);
        to.WriteVarint(link.Bytes);
    }

    /// <summary>Reads a whole page, of any height.</summary>
    /// <param name="bytes">The chunk.</param>
    /// <param name="id">Its id.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/> or
    /// <see cref="StoreFault.NewerFormat"/>.</exception>
    public static Page Read(ReadOnlySpan<byte> bytes, ChunkId id)
    {
        var from = new ByteReader(bytes, id);
        int height = from.ReadByte();
        if (height > MaxHeight)
        {
            throw from.Corrupt($"a page has height {height}");
        }

        int count = from.ReadCount(height == 0 ? MinEntry : MinLink);
        if (count == 0)
        {
            throw from.Corrupt("a page is empty");
        }

        Page page = height == 0
            ? new LeafPage(ReadEntries(ref from, count)) { Id = id }
            : new InnerPage(height, ReadLinks(ref from, count)) { Id = id };
        from.ExpectEnd();
        return page;
    }

    private static Entry[] ReadEntries(ref ByteReader from, int count)
    {
        var entries = new Entry[count];
        EntryPath path = default;
        for (int i = 0; i < count; i++)
        {
            path = ReadPath(ref from, path, i == 0);
            entries[i] = EntryCodec.Read(ref from, path);
        }

        return entries;
    }

    private static PageLink[] ReadLinks(ref ByteReader from, int count)
    {
        var links = new PageLink[count];
        EntryPath path = default;
        for (int i = 0; i < count; i++)
        {
            path = ReadPath(ref from, path, i == 0);
            links[i] = new PageLink(path, new ChunkId(from.ReadSpan(ChunkId.Size)), from.ReadInt64(), from.ReadInt64());
        }

        return links;
    }

    // Reads what WritePath wrote, and nothing else: `shared` must be all that is shared, and paths must rise.
    private static EntryPath ReadPath(ref ByteReader from, EntryPath last, bool first)
    {
        ReadOnlySpan<byte> before = last.Span;
        int shared = (int)from.ReadUInt32(EntryRules.MaxPath);
        if (shared > before.Length)
        {
            throw from.Corrupt($"a path shares {shared} bytes with one of {before.Length}");
        }

        ReadOnlySpan<byte> suffix = from.ReadBytes();
        if (!first && (suffix.IsEmpty || (shared < before.Length && suffix[0] <= before[shared])))
        {
            throw from.Corrupt("paths do not rise, or do not share all that they could");
        }

        if (shared + suffix.Length > EntryRules.MaxPath)
        {
            throw from.Corrupt($"a path has {shared + suffix.Length} bytes and can have {EntryRules.MaxPath} at most");
        }

        byte[] path = new byte[shared + suffix.Length];
        before[..shared].CopyTo(path);
        suffix.CopyTo(path.AsSpan(shared));
        return new EntryPath(path);
    }
}
