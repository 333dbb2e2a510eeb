using System.Buffers.Binary;
using System.IO.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Parity;

/// <summary>
/// One parity cell as it lies in a parity file, with all that is needed to use it: each record stands for itself, so
/// that damage to a parity file costs no more than the records that it hits. Docs/format.md, "parity/XX/ID".
/// </summary>
/// <param name="Pack">Whose parity.</param>
/// <param name="Layout">How that pack is cut.</param>
/// <param name="Group">Of which group.</param>
/// <param name="Number">Which of the group's parity cells, from 0.</param>
/// <param name="Checksums">CRC-32 of each data cell of the group.</param>
/// <param name="Cell">The parity cell; not copied.</param>
internal sealed record ParityRecord(
    PackId Pack, ParityLayout Layout, int Group, int Number, uint[] Checksums, ReadOnlyMemory<byte> Cell)
{
    private const byte Version = 1;
    private const int VersionAt = 8, ParityCellsAt = 9, CellSizeAt = 12, PackAt = 16, LengthAt = 32, GroupsAt = 40,
        GroupAt = 44, NumberAt = 48, HeaderSize = 52, ChecksumSize = 4;

    /// <summary>What every record begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "JSTOREPA"u8;

    /// <summary>How long each record of a file is, in bytes.</summary>
    public static int LengthOf(ParityLayout layout) =>
        HeaderSize + (layout.DataCells * ChecksumSize) + layout.CellSize + ChecksumSize;

    /// <summary>The record's bytes.</summary>
    /// <param name="target">Exactly <see cref="LengthOf"/> bytes.</param>
    public void Encode(Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, LengthOf(Layout), nameof(target));
        target.Clear();
        Magic.CopyTo(target);
        target[VersionAt] = Version;
        target[ParityCellsAt] = (byte)Layout.ParityCells;
        BinaryPrimitives.WriteInt32LittleEndian(target[CellSizeAt..], Layout.CellSize);
        Pack.CopyTo(target[PackAt..]);
        BinaryPrimitives.WriteInt64LittleEndian(target[LengthAt..], Layout.PackLength);
        BinaryPrimitives.WriteInt32LittleEndian(target[GroupsAt..], Layout.Groups);
        BinaryPrimitives.WriteInt32LittleEndian(target[GroupAt..], Group);
        BinaryPrimitives.WriteInt32LittleEndian(target[NumberAt..], Number);
        for (int i = 0; i < Checksums.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target[(HeaderSize + (i * ChecksumSize))..], Checksums[i]);
        }

        Cell.Span.CopyTo(target[(HeaderSize + (Layout.DataCells * ChecksumSize))..]);
        BinaryPrimitives.WriteUInt32LittleEndian(target[^ChecksumSize..], Crc32.HashToUInt32(target[..^ChecksumSize]));
    }

    /// <summary>Reads the record that begins here, if one does; the bytes may be hostile.</summary>
    /// <param name="bytes">From the record's first byte to the end of the file.</param>
    /// <param name="pack">Whose it must be.</param>
    /// <param name="length">How long it is.</param>
    public static ParityRecord? TryDecode(ReadOnlyMemory<byte> bytes, PackId pack, out int length)
    {
        length = 0;
        ReadOnlySpan<byte> from = bytes.Span;
        if (from.Length < HeaderSize || !from.StartsWith(Magic) || from[VersionAt] != Version
            || from[(ParityCellsAt + 1)..CellSizeAt].ContainsAnyExcept((byte)0) || new PackId(from.Slice(PackAt, PackId.Size)) != pack)
        {
            return null;
        }

        var layout = new ParityLayout(
            BinaryPrimitives.ReadInt64LittleEndian(from[LengthAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(from[CellSizeAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(from[GroupsAt..]), from[ParityCellsAt]);
        int group = BinaryPrimitives.ReadInt32LittleEndian(from[GroupAt..]);
        int number = BinaryPrimitives.ReadInt32LittleEndian(from[NumberAt..]);
        if (!layout.IsValid || (uint)group >= (uint)layout.Groups || (uint)number >= (uint)layout.ParityCells
            || from.Length < LengthOf(layout))
        {
            return null;
        }

        int size = LengthOf(layout);
        if (Crc32.HashToUInt32(from[..(size - ChecksumSize)])
            != BinaryPrimitives.ReadUInt32LittleEndian(from[(size - ChecksumSize)..]))
        {
            return null;
        }

        uint[] checksums = new uint[layout.DataCellsOf(group)];
        for (int i = 0; i < checksums.Length; i++)
        {
            checksums[i] = BinaryPrimitives.ReadUInt32LittleEndian(from[(HeaderSize + (i * ChecksumSize))..]);
        }

        length = size;
        int cellAt = HeaderSize + (layout.DataCells * ChecksumSize);
        return new ParityRecord(pack, layout, group, number, checksums, bytes.Slice(cellAt, layout.CellSize));
    }
}
