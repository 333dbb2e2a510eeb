namespace JadaStore.Store.Parity;

/// <summary>How a pack is cut into cells, and the cells into groups that are mended each by itself.</summary>
/// <remarks>
/// Cell i, bytes i × <see cref="CellSize"/> and on, is data cell i / <see cref="Groups"/> of group i mod
/// <see cref="Groups"/>: damage that hits neighbouring bytes is spread over all groups. What the last cell lacks counts
/// as zeros.
/// </remarks>
/// <param name="PackLength">Of the whole pack, in bytes.</param>
/// <param name="CellSize">In bytes.</param>
/// <param name="Groups">How many groups.</param>
/// <param name="ParityCells">Parity cells of each group: as many lost cells of it can be mended.</param>
internal readonly record struct ParityLayout(long PackLength, int CellSize, int Groups, int ParityCells)
{
    /// <summary>No cell is smaller or larger, in bytes. One of 4 KiB is what a disk loses at once.</summary>
    public const int MinCellSize = 64, MaxCellSize = 4096;

    /// <summary>No pack is longer: what is mended is held in memory.</summary>
    public const int MaxPackLength = 0x5000_0000;

    // A short pack is cut finely, so that a few bad bytes do not take all of it.
    private const int CellsOfShortPack = 32;

    // One lost cell often takes its neighbour with it, where the damage begins in the middle of one.
    private const int LeastParity = 2;

    /// <summary>How many cells the pack has.</summary>
    public int Cells => (int)((PackLength + CellSize - 1) / CellSize);

    /// <summary>Data cells of the largest group; the others have one less, or as many.</summary>
    public int DataCells => (Cells + Groups - 1) / Groups;

    /// <summary>Whether the numbers can be those of a pack; they may be hostile.</summary>
    public bool IsValid =>
        PackLength is > 0 and <= MaxPackLength && CellSize is >= MinCellSize and <= MaxCellSize && Groups > 0
            && Groups <= Cells
        && DataCells <= CauchyCode.MostCells && ParityCells is > 0 and <= CauchyCode.MostCells;

    /// <summary>The layout for a pack.</summary>
    /// <param name="packLength">1 to <see cref="MaxPackLength"/> bytes.</param>
    /// <param name="share">Parity cells a data cell: above 0, up to 1.</param>
    public static ParityLayout For(long packLength, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(packLength is > 0 and <= MaxPackLength, true, nameof(packLength));
        ArgumentOutOfRangeException.ThrowIfNotEqual(share is > 0 and <= 1, true, nameof(share));
        long fine = (packLength + CellsOfShortPack - 1) / CellsOfShortPack;
        long rounded = (fine + MinCellSize - 1) / MinCellSize * MinCellSize;
        var layout = new ParityLayout(packLength, (int)Math.Min(rounded, MaxCellSize), 1, 1);
        layout = layout with { Groups = (layout.Cells + CauchyCode.MostCells - 1) / CauchyCode.MostCells };
        int parity = Math.Max(LeastParity, (int)Math.Ceiling(layout.DataCells * share));
        return layout with { ParityCells = Math.Min(parity, CauchyCode.MostCells) };
    }

    /// <summary>How many data cells a group has.</summary>
    public int DataCellsOf(int group) => (Cells - group + Groups - 1) / Groups;

    /// <summary>Which cell of the pack a data cell of a group is.</summary>
    public int CellOf(int group, int data) => (data * Groups) + group;
}
