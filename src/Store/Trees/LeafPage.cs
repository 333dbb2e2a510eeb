using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>A run of entries.</summary>
/// <param name="items">At least one, their paths rising strictly.</param>
internal sealed class LeafPage(Entry[] items) : Page
{
    /// <summary>In path order.</summary>
    public Entry[] Items => items;

    /// <inheritdoc/>
    public override int Height => 0;

    /// <inheritdoc/>
    public override int Count => items.Length;

    /// <inheritdoc/>
    public override long Entries => items.Length;

    /// <inheritdoc/>
    public override long Bytes
    {
        get
        {
            long sum = 0;
            foreach (Entry entry in items)
            {
                sum = Add(sum, entry.Size);
            }

            return sum;
        }
    }

    /// <inheritdoc/>
    public override EntryPath PathOf(int index) => items[index].Path;
}
