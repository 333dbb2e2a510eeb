using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Fuzz.Targets;

/// <summary>
/// A catalog that somebody else wrote: every question is answered, or the file is said to be damaged.
/// </summary>
internal static class CatalogTarget
{
    private static readonly byte[] Repository = [.. Enumerable.Range(0x40, 16).Select(i => (byte)i)];
    private static readonly Lazy<byte[]> Good = new(Make);

    /// <summary>The input is, again and again, an offset of 3 bytes, a length, and what stands there instead; one that
    /// begins like a database is taken as it is.</summary>
    public static FuzzTarget Catalog { get; } = new("catalog", Seeds, Run) { Memory = 64 << 20, MaxInput = 1 << 18 };

    private static void Run(byte[] bytes)
    {
        string folder = Directory.CreateTempSubdirectory("jstore-fuzz-").FullName;
        try
        {
            string file = System.IO.Path.Combine(folder, "catalog.db");
            File.WriteAllBytes(file, bytes.AsSpan().StartsWith("SQLite format 3"u8) ? bytes : Patched(bytes));
            Promise.Stored(() => { Ask(file); return ""; });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Ask(string file)
    {
        using var catalog = Store.Catalog.Catalog.Open(file, Repository);
        ChunkId[] known = [.. Footer(1).Blocks.SelectMany(block => block.Chunks).Select(chunk => chunk.Id)];
        foreach (Action question in (Action[])
        [
            () => _ = catalog.IsChecked,
            () => _ = catalog.Snapshots(),
            () => _ = catalog.Packs().SelectMany(pack => catalog.Blocks(pack.Id)).ToList(),
            () => Array.ForEach(known, id => Places(catalog, id)),
            () => catalog.Indexes([1, 2, 3]),
            () => catalog.AddPacks([Footer(9)]),
            () => catalog.RemovePacks([Footer(1).Pack]),
            () => catalog.AddSnapshot(new SnapshotId(Blake3.Hash([7])), [7]),
        ])
        {
            Promise.Stored(() => { question(); return ""; });
        }
    }

    private static void Places(Store.Catalog.Catalog catalog, ChunkId id)
    {
        _ = catalog.Contains(id);
        if (catalog.TryFind(id, out ChunkLocation place))
        {
            Promise.Holds(place is { Offset: >= 0, Length: >= 0 } && (long)place.Offset + place.Length <= place.Block.RawLength,
                "a chunk lies in its block");
            _ = catalog.FindAll(id);
        }
    }

    private static byte[] Patched(byte[] patches)
    {
        byte[] file = [.. Good.Value];
        for (ReadOnlySpan<byte> rest = patches; rest.Length >= 4;)
        {
            int at = ((rest[0] << 16) | (rest[1] << 8) | rest[2]) % file.Length;
            int length = Math.Min(Math.Min((int)rest[3], rest.Length - 4), file.Length - at);
            rest.Slice(4, length).CopyTo(file.AsSpan(at));
            rest = rest[(4 + length)..];
        }

        return file;
    }

    private static PackFooter Footer(byte number)
    {
        var pack = new PackId([.. Enumerable.Repeat(number, PackId.Size)]);
        PackBlock[] blocks = [.. Enumerable.Range(0, 3).Select(i => new PackBlock(
            new BlockLocation(pack, PackPurpose.Content, i, PackHeader.Size + (1000 * i), 996, 3000),
            [.. Enumerable.Range(0, 3).Select(
                k => new PackChunk(new ChunkId(Blake3.Hash([number, (byte)i, (byte)k])), 1000))]))];
        return new PackFooter(pack, PackPurpose.Content, blocks);
    }

    private static byte[] Make()
    {
        string folder = Directory.CreateTempSubdirectory("jstore-fuzz-").FullName;
        try
        {
            string file = System.IO.Path.Combine(folder, "catalog.db");
            using (var catalog = Store.Catalog.Catalog.Open(file, Repository))
            {
                catalog.AddPacks([Footer(1), Footer(2)]);
                catalog.AddSnapshot(new SnapshotId(Blake3.Hash([1])), [1, 2, 3]);
            }

            return File.ReadAllBytes(file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<byte[]> Seeds() =>
    [
        [], [0, 0, 18, 1, 9], [0, 0, 100, 1, 13], .. Enumerable.Range(0, 6)
            .Select(page => new byte[] { 0, (byte)(16 * page), 8, 2, 0xFF, 0xFF }),
    ];
}
