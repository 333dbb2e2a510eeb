using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Documents;

/// <summary>A small file whose bytes are at hand already: a resource as a document.</summary>
/// <remarks>Its fingerprint is the digest of the bytes, so an equal document is carried over and adds
/// nothing.</remarks>
internal sealed class DocumentEntry : SourceEntry
{
    private readonly byte[] _bytes;

    private DocumentEntry(byte[] bytes) => _bytes = bytes;

    /// <summary>The document at that path.</summary>
    /// <param name="path">Inside its source.</param>
    /// <param name="bytes">Taken over: not to be changed afterwards.</param>
    public static DocumentEntry Of(string path, byte[] bytes) => new(bytes)
    {
        Path = new EntryPath(path),
        Kind = EntryKind.File,
        Size = bytes.Length,
        Fingerprint = Blake3.Hash(bytes).ToArray(),
    };

    /// <inheritdoc/>
    public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) => new(Describe());

    /// <inheritdoc/>
    public override ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken) =>
        new(new DocumentReader(_bytes, Describe()));

    private Entry Describe() => new() { Path = Path, Kind = Kind, Size = Size, Fingerprint = Fingerprint };
}
