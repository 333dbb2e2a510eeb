using System.IO.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Parity;

/// <summary>
/// Finds the bad cells of a pack by their checksums, and computes them from the others and the parity.
/// </summary>
internal static class ParityMender
{
    /// <summary>Mends what can be mended.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="bytes">What its file holds; may be cut short, too long, or empty.</param>
    /// <param name="parity">What its parity file holds; hostile.</param>
    /// <returns>Null when no record of the parity file is whole, or says that the pack was longer than could be
    /// mended.</returns>
    public static MendedPack? TryMend(PackId pack, ReadOnlySpan<byte> bytes, ReadOnlyMemory<byte> parity)
    {
        // What is mended cannot be more than the parity that it is mended with; so memory follows what is there.
        if (ParityRecords.TryRead(pack, parity) is not { } records
            || records.Layout.PackLength > (long)bytes.Length + parity.Length)
        {
            return null;
        }

        ParityLayout layout = records.Layout;
        byte[] padded = new byte[(long)layout.Cells * layout.CellSize];
        int have = (int)Math.Min(bytes.Length, layout.PackLength);
        bytes[..have].CopyTo(padded);
        int mended = 0, lost = 0;
        foreach (IGrouping<int, ParityRecord> group in records.Whole.GroupBy(record => record.Group))
        {
            ParityRecord[] whole = [.. group];
            List<int> bad = FindBad(layout, group.Key, whole[0].Checksums, padded, have);
            if (bad.Count > whole.Length)
            {
                lost += bad.Count;
            }
            else if (bad.Count > 0)
            {
                Mend(layout, group.Key, bad, whole[..bad.Count], padded);
                int wrong = FindBad(layout, group.Key, whole[0].Checksums, padded, padded.Length).Count;
                mended += bad.Count - wrong;
                lost += wrong;
            }
        }

        return new MendedPack(padded[..(int)layout.PackLength], mended, lost);
    }

    // Data cells whose bytes are not what was written, or are not there.
    private static List<int> FindBad(ParityLayout layout, int group, uint[] checksums, byte[] padded, int have)
    {
        var bad = new List<int>();
        for (int i = 0; i < checksums.Length; i++)
        {
            int at = layout.CellOf(group, i) * layout.CellSize;
            bool isThere = Math.Min(at + layout.CellSize, layout.PackLength) <= have;
            if (!isThere || Crc32.HashToUInt32(padded.AsSpan(at, layout.CellSize)) != checksums[i])
            {
                bad.Add(i);
            }
        }

        return bad;
    }

    private static void Mend(ParityLayout layout, int group, List<int> bad, ParityRecord[] parity, byte[] padded)
    {
        int size = layout.CellSize;
        byte[][] sums = [.. parity.Select(record => record.Cell.ToArray())];
        for (int data = 0; data < layout.DataCellsOf(group); data++)
        {
            if (!bad.Contains(data))
            {
                for (int i = 0; i < sums.Length; i++)
                {
                    CellProducts.Add(
                        CauchyCode.Factor(parity[i].Number, data), padded.AsSpan(layout.CellOf(group, data) * size, size), sums[i]);
                }
            }
        }

        byte[,] factors = CauchyCode.Solve(bad.ToArray(), [.. parity.Select(record => record.Number)]);
        for (int row = 0; row < bad.Count; row++)
        {
            Span<byte> cell = padded.AsSpan(layout.CellOf(group, bad[row]) * size, size);
            cell.Clear();
            for (int column = 0; column < sums.Length; column++)
            {
                CellProducts.Add(factors[row, column], sums[column], cell);
            }
        }
    }
}
