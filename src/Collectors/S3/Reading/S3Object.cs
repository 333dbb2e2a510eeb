using System.Text;
using JadaStore.Collectors.S3.Listing;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>An object that was listed; read only if the listing tells something else than it did last time.</summary>
internal sealed class S3Object : SourceEntry
{
    /// <summary>Larger objects are read in several ranges at once: 16 MiB.</summary>
    public const long Large = 16 * 1024 * 1024;

    // As often as the store asks again for a file that changed while it was read.
    private const int Tries = 4;

    private int _mismatches;

    /// <summary>Where and what it is.</summary>
    public required ObjectVersion Version { get; init; }

    /// <summary>Whether tags may be read, as far as is known of the bucket.</summary>
    public required TagAccess Tags { get; init; }

    /// <param name="path">Where it lies in the map.</param>
    /// <param name="version">What it is.</param>
    /// <param name="tags">The bucket's.</param>
    public static S3Object Of(EntryPath path, ObjectVersion version, TagAccess tags) => new()
    {
        Path = path,
        Kind = EntryKind.File,
        Size = version.Listed.Size,
        ModifiedTime = version.Listed.LastModified,
        Fingerprint = FingerprintOf(version.Listed),
        Version = version,
        Tags = tags,
    };

    /// <inheritdoc/>
    public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) => new(ToEntry([]));

    /// <inheritdoc/>
    public override ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken)
    {
        ObjectSource source = Version.Listed.IsDeleteMarker ? new MarkerSource(Version)
            : Size > Large ? new RangedSource(Version)
            : new PlainSource(Version);
        return new(new S3ObjectReader(this, source));
    }

    /// <summary>All of the entry but its content.</summary>
    public Entry ToEntry(IReadOnlyList<NamedValue> attributes) => new()
    {
        Path = Path,
        Kind = EntryKind.File,
        Size = Size,
        ModifiedTime = ModifiedTime,
        Attributes = attributes,
        Fingerprint = Fingerprint,
    };

    // What equal means for two listings of one path.
    private static byte[] FingerprintOf(ListedObject listed) => listed switch
    {
        { IsDeleteMarker: true } => "delete marker"u8.ToArray(),
        { ETag: "" } => [],
        _ => Encoding.UTF8.GetBytes($"{listed.ETag}\n{listed.StorageClass}\n{listed.Checksums}"),
    };

    /// <summary>What was read is not what the headers say: worth another try?</summary>
    public bool MayTryAgain() => ++_mismatches < Tries;
}
