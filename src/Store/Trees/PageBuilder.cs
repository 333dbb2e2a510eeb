using System.Buffers.Binary;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>Builds the pages of one height, one after the other, and says where each ends.</summary>
/// <remarks>Memory: one page and its first and last path.</remarks>
/// <param name="height">0 for leaves.</param>
/// <param name="edgeKey">The page edge key, 32 bytes; kept.</param>
internal sealed class PageBuilder(int height, byte[] edgeKey)
{
    private readonly ByteWriter _items = new();
    private readonly ByteWriter _header = new();
    private EntryPath _first;
    private EntryPath _last;
    private long _entries;
    private long _bytes;

    /// <summary>How many items the page has that is being built.</summary>
    public int Count { get; private set; }

    /// <summary>How many pages were closed.</summary>
    public long Pages { get; private set; }

    /// <summary>The page that was closed last.</summary>
    public PageLink LastClosed { get; private set; }

    /// <summary>Adds an entry to a leaf; when it throws, the page is as before.</summary>
    /// <returns>Whether the page must be closed now.</returns>
    /// <exception cref="ArgumentException">The entry breaks <see cref="EntryRules"/>.</exception>
    /// <exception cref="StoreException"><see cref="StoreFault.Refused"/>: it takes more than
    /// <see cref="EntryRules.MaxEntry"/> bytes.</exception>
    public bool Add(Entry entry)
    {
        int start = _items.Length;
        try
        {
            PageCodec.WritePath(_items, _last, entry.Path);
            int afterPath = _items.Length;
            EntryCodec.Write(_items, entry);
            if (_items.Length - afterPath > EntryRules.MaxEntry)
            {
                throw new StoreException(StoreFault.Refused,
                    $"Entry {entry.Path} takes {_items.Length - afterPath} bytes"
                    + $" and can take {EntryRules.MaxEntry} at most.",
                    "Its attributes are too large to be kept.");
            }
        }
        catch
        {
            _items.CutTo(start);
            throw;
        }

        return Added(entry.Path, 1, entry.Size);
    }

    /// <summary>Adds a page to an inner page.</summary>
    /// <returns>Whether the page must be closed now.</returns>
    public bool Add(PageLink link)
    {
        PageCodec.WritePath(_items, _last, link.First);
        PageCodec.WriteLink(_items, link);
        return Added(link.First, link.Entries, link.Bytes);
    }

    /// <summary>Writes the page, which has at least one item, and begins the next.</summary>
    /// <returns>What the page above must say of it.</returns>
    public PageLink Close(IChunkWriter writer)
    {
        _header.CutTo(0);
        _header.WriteByte((byte)height);
        _header.WriteVarint(Count);
        _header.WriteSpan(_items.Written);
        LastClosed = new PageLink(_first, writer.Write(_header.Written), _entries, _bytes);
        _items.CutTo(0);
        (_first, _last, _entries, _bytes, Count) = (default, default, 0, 0, 0);
        Pages++;
        return LastClosed;
    }

    private bool Added(EntryPath path, long entries, long bytes)
    {
        _first = Count == 0 ? path : _first;
        _last = path;
        _entries = Page.Add(_entries, entries);
        _bytes = Page.Add(_bytes, bytes);
        Count++;

        // An inner page has two children before it may end, or very long paths would pile up levels without end.
        return (height == 0 || Count >= 2)
            && _items.Length >= PageCodec.MinBytes
            && (_items.Length >= PageCodec.MaxBytes || IsEdge(path));
    }

    private bool IsEdge(EntryPath path)
    {
        Span<byte> input = path.Length < 512 ? stackalloc byte[1 + path.Length] : new byte[1 + path.Length];
        input[0] = (byte)height;
        path.Span.CopyTo(input[1..]);
        Span<byte> hash = stackalloc byte[4];
        Blake3.Keyed(edgeKey, input, hash);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash) % 64 == 0;
    }
}
