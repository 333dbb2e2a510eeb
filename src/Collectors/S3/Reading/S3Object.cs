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

    /// <summary>What equal means for two listings of one key.</summary>
    public static byte[] FingerprintOf(ListedObject listed) =>
        listed.ETag.Length == 0
            ? [] : Encoding.UTF8.GetBytes($"{listed.ETag}\n{listed.StorageClass}\n{listed.Checksums}");

    /// <inheritdoc/>
    public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) => new(ToEntry([]));

    /// <inheritdoc/>
    public override ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken)
    {
        ObjectSource source = Size > Large ? new RangedSource(Version) : new PlainSource(Version);
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

    /// <summary>What was read is not what the headers say: worth another try?</summary>
    public bool MayTryAgain() => ++_mismatches < Tries;
}
