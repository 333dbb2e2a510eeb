namespace JadaStore.Store.Model;

/// <summary>
/// Something that exists and cannot be listed or read: recorded, so that the snapshot says it is partial.
/// </summary>
/// <remarks>A folder that cannot be listed is a fault with the folder's path and kind.</remarks>
public sealed class SourceFault : SourceEntry
{
    /// <summary>What went wrong, for a person.</summary>
    public required string Message { get; init; }

    /// <inheritdoc/>
    public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) =>
        new(new Entry
        {
            Path = Path, Kind = Kind, Size = Size, ModifiedTime = ModifiedTime, HardLink = HardLink, Problem = Message,
        });
}
