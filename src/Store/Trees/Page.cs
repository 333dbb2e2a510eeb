using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>A sorted run of entries, or of pages, as it was read from one chunk; never empty.</summary>
internal abstract class Page
{
    /// <summary>The chunk it was read from.</summary>
    public required ChunkId Id { get; init; }

    /// <summary>0 for a leaf, one more than its children otherwise.</summary>
    public abstract int Height { get; }

    /// <summary>How many items it has itself.</summary>
    public abstract int Count { get; }

    /// <summary>How many entries lie in and below it; 2⁶³ − 1 when it is more.</summary>
    public abstract long Entries { get; }

    /// <summary>Sum of their sizes; 2⁶³ − 1 when it is more.</summary>
    public abstract long Bytes { get; }

    /// <summary>The path of item <paramref name="index"/>: of the entry, or the first below the child.</summary>
    public abstract EntryPath PathOf(int index);

    /// <summary>The first item whose path is <paramref name="path"/> or behind it; <see cref="Count"/> when there is
    /// none.</summary>
    public int IndexAtOrAfter(EntryPath path)
    {
        int low = 0;
        for (int high = Count; low < high;)
        {
            int middle = (low + high) >>> 1;
            if (PathOf(middle) < path)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Sum of two numbers that are not negative; 2⁶³ − 1 when it is more.</summary>
    public static long Add(long left, long right) => left <= long.MaxValue - right ? left + right : long.MaxValue;
}
