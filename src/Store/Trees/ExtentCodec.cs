using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary><c>ref</c> of docs/format.md, written and read.</summary>
internal static class ExtentCodec
{
    /// <summary>Writes one extent.</summary>
    public static void Write(ByteWriter to, Extent extent)
    {
        to.WriteVarint(((ulong)extent.Length << 1) | (extent.IsHole ? 1UL : 0UL));
        if (!extent.IsHole)
        {
            to.WriteDigest(extent.Id.Value);
        }
    }

    /// <summary>Reads one extent; that it fits its depth is checked by <see cref="EntryRules"/>.</summary>
    public static Extent Read(ref ByteReader from)
    {
        ulong tag = from.ReadVarint();
        long length = (long)(tag >> 1);
        return (tag & 1) != 0
            ? Extent.Hole(length)
            : Extent.Chunk(new ChunkId(from.ReadSpan(ChunkId.Size)), length);
    }

    /// <summary>Reads a list chunk: extents of <paramref name="depth"/>, end to end.</summary>
    /// <exception cref="StoreException">It is malformed, or has more than
    /// <see cref="EntryRules.MaxExtents"/>.</exception>
    public static Extent[] ReadList(ReadOnlySpan<byte> list, ChunkId id, int depth)
    {
        var from = new ByteReader(list, id);
        var extents = new List<Extent>(Math.Min(from.Left / (ChunkId.Size + 1), EntryRules.MaxExtents));
        while (from.Left > 0)
        {
            Extent extent = Read(ref from);
            if (EntryRules.Violation(extent, depth) is { } wrong)
            {
                throw from.Corrupt(wrong);
            }

            if (extents.Count == EntryRules.MaxExtents)
            {
                throw from.Corrupt($"a list has more than {EntryRules.MaxExtents} extents");
            }

            extents.Add(extent);
        }

        return [.. extents];
    }
}
