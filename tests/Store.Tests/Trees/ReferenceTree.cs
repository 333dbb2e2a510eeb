using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Tests.Trees;

/// <summary>docs/format.md, "Pages", once more: slow, with everything in lists, to judge the builder by.</summary>
internal static class ReferenceTree
{
    public static ChunkId Root(MasterKeyed keyed, IEnumerable<Entry> entries)
    {
        List<Item> items =
            [.. entries.Select(entry => new Item(entry.Path.Span.ToArray(), EntryBytes(entry), 1, entry.Size))];
        for (int height = 0; ; height++)
        {
            List<Item> above = Level(keyed, items, height);
            if (above.Count == 1)
            {
                return new ChunkId(above[0].Rest.AsSpan(0, 32));
            }

            items = above;
        }
    }

    private static List<Item> Level(MasterKeyed keyed, List<Item> items, int height)
    {
        var above = new List<Item>();
        var page = new List<Item>();
        var bytes = new List<byte>();
        for (int i = 0; i < items.Count; i++)
        {
            byte[] last = page.Count == 0 ? [] : page[^1].Path, path = items[i].Path;
            int shared = last.Zip(path).TakeWhile(pair => pair.First == pair.Second).Count();
            bytes.AddRange([.. Varint(shared), .. Varint(path.Length - shared), .. path[shared..], .. items[i].Rest]);
            page.Add(items[i]);
            bool edge = bytes.Count >= 65_536 || (bytes.Count >= 4096 && keyed.Edge([(byte)height, .. path]) % 64 == 0);
            if (i == items.Count - 1 || (edge && (height == 0 || page.Count > 1)))
            {
                ChunkId id = keyed.Id([(byte)height, .. Varint(page.Count), .. bytes]);
                long entries = page.Sum(item => item.Entries), size = page.Sum(item => item.Bytes);
                above.Add(new Item(
                    page[0].Path, [.. id.Value.ToArray(), .. Varint(entries), .. Varint(size)], entries, size));
                page.Clear();
                bytes.Clear();
            }
        }

        return above;
    }

    private static byte[] EntryBytes(Entry entry)
    {
        var writer = new ByteWriter();
        EntryCodec.Write(writer, entry);
        return writer.Written.ToArray();
    }

    private static List<byte> Varint(long value)
    {
        var bytes = new List<byte>();
        for (; value >= 128; value /= 128)
        {
            bytes.Add((byte)((value % 128) + 128));
        }

        bytes.Add((byte)value);
        return bytes;
    }

    internal sealed class MasterKeyed(MemoryChunks chunks)
    {
        private readonly byte[] _edgeKey = chunks.Key.DerivePageEdgeKey();

        public uint Edge(byte[] input)
        {
            byte[] hash = new byte[32];
            Blake3.Keyed(_edgeKey, input, hash);
            return hash[0] + 256u * hash[1] + 65536u * hash[2] + 16777216u * hash[3];
        }

        public ChunkId Id(byte[] bytes) => chunks.Key.ChunkIdOf(Blake3.Hash(bytes));
    }

    private sealed record Item(byte[] Path, byte[] Rest, long Entries, long Bytes);
}
