using JadaStore.Store.Model;

namespace JadaStore.Collectors.AppsScript;

/// <summary>An entry of another source, under a folder of this one.</summary>
internal sealed class MovedEntry : SourceEntry
{
    private readonly SourceEntry _entry;
    private readonly EntryPath _above;

    private MovedEntry(SourceEntry entry, EntryPath above)
    {
        _entry = entry;
        _above = above;
    }

    /// <summary>The entry below <paramref name="above"/>, which ends in <c>/</c>.</summary>
    public static SourceEntry Of(SourceEntry entry, EntryPath above) => entry is SourceFault fault
        ? new SourceFault
        {
            Path = above.Append(fault.Path.Span),
            Kind = fault.Kind,
            Size = fault.Size,
            ModifiedTime = fault.ModifiedTime,
            HardLink = Move(fault.HardLink, above),
            Message = fault.Message,
        }
        : new MovedEntry(entry, above)
        {
            Path = above.Append(entry.Path.Span),
            Kind = entry.Kind,
            Size = entry.Size,
            ModifiedTime = entry.ModifiedTime,
            Fingerprint = entry.Fingerprint,
            HasLinks = entry.HasLinks,
            HardLink = Move(entry.HardLink, above),
        };

    /// <inheritdoc/>
    public override async ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) =>
        Move(await _entry.DescribeAsync(cancellationToken).ConfigureAwait(false), _above);

    /// <inheritdoc/>
    public override async ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken) =>
        new MovedReader(await _entry.OpenAsync(cancellationToken).ConfigureAwait(false), _above);

    /// <summary>What is known of it, below that folder.</summary>
    internal static Entry Move(Entry entry, EntryPath above) =>
        entry with { Path = above.Append(entry.Path.Span), HardLink = Move(entry.HardLink, above) };

    private static EntryPath? Move(EntryPath? path, EntryPath above) =>
        path is { } inside ? above.Append(inside.Span) : null;
}
