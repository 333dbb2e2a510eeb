using System.Buffers.Binary;
using System.IO.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Parity;

namespace JadaStore.Fuzz.Targets;

/// <summary>
/// Parity files, with their checksums as they are and made to fit; and what lies in a pack that they mend.
/// </summary>
internal static class ParityTargets
{
    private static readonly PackId Pack = new([.. Enumerable.Range(0x20, 16).Select(i => (byte)i)]);
    private static readonly ParityLayout Layout = ParityLayout.For(3_000, 0.1);

    /// <summary>Of this room.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("parity", () => [ParityOf(Original())], file => Mend(file)),
        new("parity-opened", () => [ParityOf(Original())], file => Mend(WithFittingChecksums(file))),
        new("parity-pack", () => [Original(), Damaged()], DamagedPack),
    ];

    // A pack is nothing to parity but bytes.
    private static byte[] Original() => [.. Enumerable.Range(0, 3_000).Select(i => (byte)((i * 167) ^ (i >> 3)))];

    private static byte[] Damaged()
    {
        byte[] bytes = Original();
        bytes.AsSpan(700, 150).Clear();
        return bytes;
    }

    private static byte[] ParityOf(byte[] pack)
    {
        var encoder = new ParityEncoder(Pack, Layout);
        for (int at = 0; at < pack.Length;)
        {
            int count = Math.Min(encoder.Free.Length, pack.Length - at);
            pack.AsSpan(at, count).CopyTo(encoder.Free.Span);
            encoder.Advance(count);
            at += count;
        }

        return encoder.Finish();
    }

    private static byte[] WithFittingChecksums(byte[] file)
    {
        int length = ParityRecord.LengthOf(Layout);
        for (int at = 0; at + length <= file.Length; at += length)
        {
            Span<byte> record = file.AsSpan(at, length);
            BinaryPrimitives.WriteUInt32LittleEndian(record[^4..], Crc32.HashToUInt32(record[..^4]));
        }

        return file;
    }

    private static void Mend(byte[] file)
    {
        byte[] pack = Damaged();
        if (ParityRecords.TryRead(Pack, file) is { } records)
        {
            Promise.Holds(
                records.Layout.IsValid && records.Whole.Count > 0, "a record that is whole has a layout that can be");
            Promise.Holds(
                records.Whole.DistinctBy(one => (one.Group, one.Number)).Count() == records.Whole.Count
                && records.Whole.All(one => one.Layout == records.Layout && one.Checksums.Length == records.Layout.DataCellsOf(one.Group)),
                "each record comes once, and is of the one layout");
            byte[] again = new byte[ParityRecord.LengthOf(records.Layout)];
            records.Whole[0].Encode(again);
            Promise.Holds(
                ParityRecord.TryDecode(again, Pack, out int length) is not null && length == again.Length,
                "a record comes back as it was written");
        }

        if (ParityMender.TryMend(Pack, pack, file) is { } mended)
        {
            Promise.Holds(mended.Bytes.Length <= pack.Length + file.Length, "no more comes of it than lies there");
            Promise.Holds(mended is { Cells: >= 0, Lost: >= 0 }, "cells are counted");
        }

        Promise.Same(pack, Damaged(), "what is mended is not changed in its place");
    }

    private static void DamagedPack(byte[] bytes)
    {
        MendedPack? mended = ParityMender.TryMend(Pack, bytes, ParityOf(Original()));
        Promise.Holds(
            mended is not null || bytes.Length < Original().Length, "where a pack is long enough, its parity is used");
        if (mended is { Lost: 0 })
        {
            Promise.Same(Original(), mended.Bytes, "where no cell is lost, the pack is what it was");
        }
    }
}
