namespace JadaStore.Store.Catalog;

/// <summary>A row of the table of chunks; sorts as the table does.</summary>
/// <param name="Prefix">First eight bytes of the id.</param>
/// <param name="Block">The block's number in the catalog.</param>
/// <param name="Position">Which of the block's chunks.</param>
internal readonly record struct ChunkRow(long Prefix, long Block, int Position) : IComparable<ChunkRow>
{
    /// <inheritdoc/>
    public int CompareTo(ChunkRow other)
    {
        int order = Prefix.CompareTo(other.Prefix);
        order = order != 0 ? order : Block.CompareTo(other.Block);
        return order != 0 ? order : Position.CompareTo(other.Position);
    }
}
