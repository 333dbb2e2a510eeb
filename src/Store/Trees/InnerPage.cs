using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>A run of pages that are all one lower.</summary>
/// <param name="height">At least 1.</param>
/// <param name="items">At least one, their first paths rising strictly.</param>
internal sealed class InnerPage(int height, PageLink[] items) : Page
{
    /// <summary>In path order.</summary>
    public PageLink[] Items => items;

    /// <inheritdoc/>
    public override int Height => height;

    /// <inheritdoc/>
    public override int Count => items.Length;

    /// <inheritdoc/>
    public override long Entries
    {
        get
        {
            long sum = 0;
            foreach (PageLink link in items)
            {
                sum = Add(sum, link.Entries);
            }

            return sum;
        }
    }

    /// <inheritdoc/>
    public override long Bytes
    {
        get
        {
            long sum = 0;
            foreach (PageLink link in items)
            {
                sum = Add(sum, link.Bytes);
            }

            return sum;
        }
    }

    /// <inheritdoc/>
    public override EntryPath PathOf(int index) => items[index].First;
}
