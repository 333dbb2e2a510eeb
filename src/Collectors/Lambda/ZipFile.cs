using JadaStore.Store.Model;

namespace JadaStore.Collectors.Lambda;

/// <summary>A zip file as the service keeps it, byte by byte; fetched when it is opened.</summary>
internal sealed class ZipFile : SourceEntry
{
    private readonly RemoteZip _zip;
    private readonly HeldZips _held;

    private ZipFile(RemoteZip zip, HeldZips held) => (_zip, _held) = (zip, held);

    /// <summary>The file.</summary>
    /// <param name="path">Inside the source.</param>
    /// <param name="zip">What it is.</param>
    /// <param name="held">Fetches it.</param>
    public static ZipFile Of(EntryPath path, RemoteZip zip, HeldZips held) => new(zip, held)
    {
        Path = path,
        Kind = EntryKind.File,
        Size = zip.Size,
        Fingerprint = System.Text.Encoding.ASCII.GetBytes(zip.Sha256),
    };

    /// <inheritdoc/>
    public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) => new(Describe());

    /// <inheritdoc/>
    public override async ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken) =>
        new Reader(Describe(), await _held.HoldExpectedAsync(_zip, cancellationToken).ConfigureAwait(false));

    private Entry Describe() => new() { Path = Path, Kind = Kind, Size = Size, Fingerprint = Fingerprint };

    /// <summary>Reads what was fetched, and found to be what was listed.</summary>
    private sealed class Reader(Entry entry, ZipLease lease) : ContentReader
    {
        private long _at;

        public override ValueTask<ContentRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            int count = lease.Zip.Bytes.Read(_at, buffer.Span);
            _at += count;
            return new(new ContentRead(count, 0));
        }

        public override ValueTask<ContentEnd> FinishAsync(CancellationToken cancellationToken) =>
            _at == lease.Zip.Bytes.Length
                ? new(new ContentEnd(entry, Changed: false))
                : throw new IOException($"its copy ended after {_at} of {lease.Zip.Bytes.Length} bytes");

        public override ValueTask DisposeAsync()
        {
            lease.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
