using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Tests.Trees;

/// <summary>Maps to build trees from, and what trees are compared by.</summary>
internal static class Maps
{
    /// <summary>A plain file, as a walk of a folder finds it.</summary>
    public static Entry File(string path, int version = 1) => File(new EntryPath(path), version);

    public static Entry File(EntryPath path, int version = 1) => new()
    {
        Path = path,
        Kind = EntryKind.File,
        Size = 1000 + version,
        ModifiedTime = new FileTime(1_700_000_000 + version, 123_456_789),
        Mode = 0x1A4,
        Owner = new Owner(1000, 1000),
        Digest = SomeDigest(version),
        Fingerprint = [1, 2, 3, (byte)version],
    };

    /// <summary>As even as a digest, and quicker to come by.</summary>
    public static Digest SomeDigest(int number)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        for (int i = 0; i < 4; i++)
        {
            ulong mixed = ((ulong)(uint)number * 4 + (ulong)i + 1) * 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[(8 * i)..], mixed ^ (mixed >> 31));
        }

        return new Digest(bytes);
    }

    public static ChunkId SomeChunk(int number) => new(SomeDigest(number));

    /// <summary>That many files in folders of about a hundred, in path order.</summary>
    public static List<Entry> Folders(int count)
    {
        var entries = new List<Entry>(count);
        for (int i = 0; entries.Count < count; i++)
        {
            entries.Add(File(FormattableString.Invariant($"project/src/module-{i / 100:D5}/file-{i % 100:D2}.cs"), i));
        }

        return entries;
    }

    /// <summary>A map of odd paths and of entries of every kind, with every field.</summary>
    public static SortedDictionary<EntryPath, Entry> Odd(int seed, int count)
    {
        var random = new Random(seed);
        var map = new SortedDictionary<EntryPath, Entry>();
        foreach (string path in new[] { "", "a", "a/", "a/b", "a//b", "../x", "/", "//", "é", "a\n", "\0" })
        {
            map[new EntryPath(path)] = Odd(random, new EntryPath(path));
        }

        map[new EntryPath([0xFF, 0xFE])] = Odd(random, new EntryPath([0xFF, 0xFE]));
        while (map.Count < count)
        {
            EntryPath path = OddPath(random, map.Count > 20 ? map.Keys.ElementAt(random.Next(20)) : default);
            map[path] = Odd(random, path);
        }

        return map;
    }

    public static EntryPath OddPath(Random random, EntryPath near)
    {
        byte[] bytes = new byte[random.Next(12) == 0 ? 1024 : random.Next(1, 20)];
        random.NextBytes(bytes);
        for (int i = 0; i < bytes.Length && random.Next(4) != 0; i++)
        {
            bytes[i] = (byte)"ab/é\0"u8[random.Next(6)];
        }

        return random.Next(2) == 0 ? near.Append(bytes) : new EntryPath(bytes);
    }

    public static Entry Odd(Random random, EntryPath path)
    {
        EntryKind kind = (EntryKind)random.Next(1, 8);
        kind = kind == EntryKind.Folder && !path.IsFolder ? EntryKind.File : kind;
        bool file = kind == EntryKind.File, device = kind is EntryKind.BlockDevice or EntryKind.CharacterDevice;
        bool read = file && random.Next(5) != 0;
        Content? content = read && random.Next(3) == 0 ? OddContent(random) : null;
        return new Entry
        {
            Path = path,
            Kind = kind,
            Size = content?.Extents.Sum(extent => extent.Length) ?? (file ? random.Next(3) * 70_000 : 0),
            ModifiedTime = random.Next(3) == 0 ? null
                : new FileTime(random.NextInt64(long.MinValue, long.MaxValue), random.Next(1_000_000_000)),
            Mode = random.Next(3) == 0 ? null : (uint)random.Next(0x1000),
            Owner = random.Next(3) == 0 ? null : new Owner((uint)random.NextInt64(1L << 32), uint.MaxValue),
            Digest = read ? SomeDigest(random.Next()) : null,
            Content = content,
            LinkTarget = kind == EntryKind.Symlink ? OddPath(random, path).Span.ToArray() : null,
            HardLink = kind != EntryKind.Folder && path.Length > 1 && random.Next(4) == 0
                ? new EntryPath(path.Span[..^1].ToArray()) : null,
            Device = device ? new DeviceNumber((uint)random.Next(), uint.MaxValue) : null,
            Attributes = random.Next(3) == 0
                ? [new NamedValue("s3.ContentType", "text/html"u8.ToArray()), new NamedValue("xattr.user.é\U0001F600", [])] : [],
            Fingerprint = random.Next(2) == 0 ? [] : [.. path.Span[..Math.Min(8, path.Length)], 0],
            Problem = random.Next(5) == 0 ? "Zugriff verweigert: é" : null,
        };
    }

    /// <summary>All of an entry as text, so that two can be compared whole.</summary>
    public static string Text(Entry? entry) => entry is null ? "none" : new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"{Hex(entry.Path.Span)} {entry.Kind} {entry.Size} ")
        .Append(CultureInfo.InvariantCulture, $"{entry.ModifiedTime?.Seconds}+{entry.ModifiedTime?.Nanoseconds}")
        .Append(CultureInfo.InvariantCulture, $" {entry.Mode} {entry.Owner} {entry.Digest} {entry.Content?.Depth}")
        .AppendJoin(',', entry.Content?.Extents ?? [])
        .Append(CultureInfo.InvariantCulture, $" {Hex(entry.LinkTarget)}/{entry.LinkTarget?.Length}")
        .Append(CultureInfo.InvariantCulture, $" {entry.HardLink} {entry.Device} ")
        .AppendJoin(',', entry.Attributes.Select(attribute => attribute.Name + "=" + Hex(attribute.Value)))
        .Append(CultureInfo.InvariantCulture, $" {Hex(entry.Fingerprint)} {entry.Problem}")
        .ToString();

    public static TreeSummary Build(MemoryChunks chunks, IEnumerable<Entry> entries)
    {
        var builder = new TreeBuilder(chunks, chunks.Key.DerivePageEdgeKey());
        foreach (Entry entry in entries)
        {
            builder.Add(entry);
        }

        return builder.Finish();
    }

    public static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (T item in items)
        {
            list.Add(item);
        }

        return list;
    }

    private static Content OddContent(Random random)
    {
        var extents = new Extent[random.Next(1, 5)];
        for (int i = 0; i < extents.Length; i++)
        {
            extents[i] = random.Next(3) == 0
                ? Extent.Hole(random.NextInt64(1, 1L << 40))
                : Extent.Chunk(SomeChunk(random.Next()), random.Next(1, 1 << 20));
        }

        return new Content(0, extents);
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
