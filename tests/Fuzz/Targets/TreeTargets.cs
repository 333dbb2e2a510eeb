using System.Buffers.Binary;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Fuzz.Targets;

/// <summary>Pages, entries and lists of extents, and walks over whatever they claim.</summary>
internal static class TreeTargets
{
    private static readonly EntryPath Path = new("p/");

    /// <summary>Of this room.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("entry", () => Entries().Select(Encoded), Entry),
        new("page", Pages, OnePage),
        new("extent-list", Lists, List),
        new("tree", () => [Joined(Pages()), Joined([Inner(1, [(1, "a"), (2, "m")]), Leaf("a", "b"), Leaf("m", "n")])], Tree)
        { Memory = 64 << 20 },
        new("extent-tree", ExtentTrees, Extents) { Memory = 64 << 20 },
    ];

    private static void Entry(byte[] bytes)
    {
        if (Promise.Stored(() => Read(bytes)) is { } entry)
        {
            Promise.Same(bytes, Encoded(entry), "an entry has one spelling");
        }
    }

    private static Entry Read(byte[] bytes)
    {
        var from = new ByteReader(bytes, default);
        Entry entry = EntryCodec.Read(ref from, Path);
        from.ExpectEnd();
        return entry;
    }

    private static void OnePage(byte[] bytes)
    {
        if (Promise.Stored(() => PageCodec.Read(bytes, default)) is { } page)
        {
            Promise.Same(bytes, Encoded(page), "a page has one spelling");
            Promise.Holds(page is { Entries: >= 0, Bytes: >= 0 }, "sums do not overflow");
            for (int i = 1; i < page.Count; i++)
            {
                Promise.Holds(page.PathOf(i - 1) < page.PathOf(i), "paths rise");
            }

            Promise.Holds(page.IndexAtOrAfter(page.PathOf(page.Count - 1)) == page.Count - 1, "the last is found");
        }
    }

    private static void List(byte[] bytes)
    {
        for (int depth = 0; depth <= 1; depth++)
        {
            if (Promise.Stored(() => ExtentCodec.ReadList(bytes, default, depth)) is { } extents)
            {
                var to = new ByteWriter();
                Array.ForEach(extents, extent => ExtentCodec.Write(to, extent));
                Promise.Same(bytes, to.Written, "a list has one spelling");
            }
        }
    }

    // A page's id is here its number, so that pages can name each other, and themselves, as no hash lets them.
    private static void Tree(byte[] bytes)
    {
        var chunks = new NumberedChunks(bytes);
        int most = 8 * chunks.Count;
        var cursor = new TreeCursor(chunks, chunks.Count > 0 ? NumberedChunks.Id(0) : null);
        Promise.Stored(() =>
        {
            EntryPath last = default;
            for (int entries = 0; Promise.Now(cursor.NextAsync(default)) is { } entry; entries++)
            {
                Promise.Holds(entries == 0 || last < entry.Path, "the paths of a walk rise");
                last = entry.Path;
            }

            return "";
        });
        Promise.Holds(chunks.Reads <= most, "a walk reads no page again and again");
        chunks.Reads = 0;
        var reader = new TreeReader(chunks);
        Promise.Stored(
            () => { Promise.Now(reader.FindAsync(NumberedChunks.Id(0), new EntryPath("m"), default)); return ""; });
        Promise.Stored(() => Promise.Now(reader.PagesAsync(NumberedChunks.Id(0), [], null, default), most));
        Promise.Holds(chunks.Reads <= most + 40, "a look-up reads a page of each height");
    }

    private static void Extents(byte[] bytes)
    {
        var chunks = new NumberedChunks(bytes);
        var lists = new ExtentListReader(chunks, digest => new ChunkId(digest));
        if (chunks.Count == 0 || Promise.Stored(() => Read(chunks[0])) is not { } entry)
        {
            return;
        }

        // As many as the claimed size may be long; who claims more gets what he asked for, and in constant memory.
        Promise.Stored(() =>
        {
            long sum = 0;
            int taken = 0;
            var walk = lists.ReadAsync(entry, default).GetAsyncEnumerator();
            while (taken++ < 20_000 && Promise.Now(walk.MoveNextAsync()))
            {
                Promise.Holds(
                    walk.Current.Length > 0 && walk.Current.Length <= entry.Size - sum, "extents stay within the size");
                sum += walk.Current.Length;
            }

            Promise.Holds(taken >= 20_000 || sum == entry.Size || entry.Digest is null, "extents sum to the size");
            return "";
        });
    }

    private static byte[] Encoded(Entry entry)
    {
        var to = new ByteWriter();
        EntryCodec.Write(to, entry);
        return to.Written.ToArray();
    }

    private static byte[] Encoded(Page page)
    {
        var to = new ByteWriter();
        to.WriteByte((byte)page.Height);
        to.WriteVarint(page.Count);
        for (int i = 0; i < page.Count; i++)
        {
            PageCodec.WritePath(to, i == 0 ? default : page.PathOf(i - 1), page.PathOf(i));
            switch (page)
            {
                case LeafPage leaf:
                    EntryCodec.Write(to, leaf.Items[i]);
                    break;
                case InnerPage inner:
                    PageCodec.WriteLink(to, inner.Items[i]);
                    break;
            }
        }

        return to.Written.ToArray();
    }

    private static Entry File(long size) => new()
    {
        Path = Path, Kind = EntryKind.File, Size = size, Digest = Blake3.Hash([]), Mode = 0x1A4,
        ModifiedTime = new FileTime(-5, 999_999_999), Owner = new Owner(0, uint.MaxValue), Fingerprint = [1, 2],
    };

    private static IEnumerable<Entry> Entries() =>
    [
        File(0), File(1 << 20),
        File(100) with { Attributes = [new NamedValue("a", []), new NamedValue("xattr.é", [1])], Problem = "é" },
        File(long.MaxValue) with { Content = new Content(0, [Extent.Hole(long.MaxValue - 5), Extent.Chunk(NumberedChunks.Id(1), 5)]) },
        File(70) with { Content = new Content(2, [Extent.Chunk(NumberedChunks.Id(1), 33)]) },
        File(3) with { HardLink = new EntryPath("o") },
        new() { Path = Path, Kind = EntryKind.Folder },
        new() { Path = Path, Kind = EntryKind.Symlink, LinkTarget = "../x"u8.ToArray() },
        new() { Path = Path, Kind = EntryKind.BlockDevice, Device = new DeviceNumber(8, 1) },
    ];

    private static byte[] Leaf(params string[] paths) => Encoded(new LeafPage(
        [.. paths.Select(path => new Entry { Path = new EntryPath(path), Kind = EntryKind.File, Size = 1 })]) { Id = default });

    private static byte[] Inner(int height, (byte Number, string First)[] children) => Encoded(new InnerPage(height,
        [.. children.Select(child => new PageLink(new EntryPath(child.First), NumberedChunks.Id(child.Number), 2, 2))]) { Id = default });

    private static IEnumerable<byte[]> Pages() =>
    [
        Inner(2, [(1, "a")]), Inner(1, [(2, "a"), (3, "b")]), Leaf("a", "aa"), Leaf("b", "b/c"),
        Encoded(new LeafPage([.. Entries().Select((entry, i) => entry with { Path = new EntryPath($"p{i}/") })]) { Id = default }),
    ];

    private static byte[] Joined(IEnumerable<byte[]> chunks)
    {
        using var all = new MemoryStream();
        Span<byte> length = stackalloc byte[2];
        foreach (byte[] chunk in chunks)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)chunk.Length);
            all.Write(length);
            all.Write(chunk);
        }

        return all.ToArray();
    }

    private static IEnumerable<byte[]> Lists()
    {
        foreach (Extent[] extents in (Extent[][])[[Extent.Hole(5)], [Extent.Chunk(NumberedChunks.Id(2), 33), Extent.Chunk(NumberedChunks.Id(1), 1 << 20)]])
        {
            var to = new ByteWriter();
            Array.ForEach(extents, extent => ExtentCodec.Write(to, extent));
            yield return to.Written.ToArray();
        }
    }

    // A list that lists itself, and one that is fine.
    private static IEnumerable<byte[]> ExtentTrees()
    {
        byte[][] lists = [.. Lists()];
        yield return Joined([Encoded(File(5) with { Content = new Content(1, [Extent.Chunk(NumberedChunks.Id(1), lists[0].Length)]) }), lists[0]]);
        yield return Joined([Encoded(File(7) with { Content = new Content(3, [Extent.Chunk(NumberedChunks.Id(1), lists[1].Length)]) }), lists[1], lists[1]]);
    }
}
