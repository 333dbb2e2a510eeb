using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Consecutive entries of a source that one worker reads together.</summary>
internal sealed class Batch
{
    /// <summary>A batch is closed when the files in it that must be read come to this many bytes…</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>…or when it holds this many entries.</summary>
    public const int MaxItems = 2048;

    /// <summary>In path order.</summary>
    public List<BatchItem> Items { get; } = [];

    /// <summary>Sum of the sizes of the files that must be read, as listed.</summary>
    public long BytesToRead { get; private set; }

    /// <summary>Whether anything has to be read or described.</summary>
    public bool HasWork { get; private set; }

    /// <summary>Bytes that were read.</summary>
    public long BytesRead { get; set; }

    /// <summary>Bytes among them that the repository did not have.</summary>
    public long BytesAdded { get; set; }

    /// <summary>Whether it is time for the next one.</summary>
    public bool IsFull => Items.Count >= MaxItems || BytesToRead >= MaxBytes;

    /// <summary>Adds an entry that nothing happened to, or one that must be read.</summary>
    public void Add(BatchItem item)
    {
        Items.Add(item);
        if (item.Source is not { } source)
        {
            return;
        }

        HasWork = true;
        if (source.Kind == EntryKind.File && source.HardLink is null)
        {
            BytesToRead += source.Size;
        }
    }
}
