using System.IO.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Lambda;

/// <summary>Unpacks one entry: never more bytes than the zip claims, and none that its CRC-32 does not vouch
/// for.</summary>
/// <param name="file">The entry.</param>
/// <param name="member">What the zip claims of it.</param>
/// <param name="content">Unpacks; disposed of with this.</param>
/// <param name="lease">On the zip, whose archive this has in turn; ends with this.</param>
internal sealed class ZipEntryReader(ZipEntry file, ZipMember member, Stream content, ZipLease lease) : ContentReader
{
    private readonly Crc32 _crc = new();
    private long _read;
    private bool _disposed;

    /// <inheritdoc/>
    /// <exception cref="IOException">What comes cannot be unpacked, or is more than the zip claims.</exception>
    public override ValueTask<ContentRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int count = buffer.IsEmpty ? 0 : ZipMembers.Guarded(() => content.Read(buffer.Span));
        _read += count;
        if (_read > member.Size)
        {
            throw new IOException($"unpacked, it is longer than the {member.Size} bytes that the zip claims");
        }

        _crc.Append(buffer.Span[..count]);
        return new(new ContentRead(count, 0));
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">It is not what the zip claims.</exception>
    public override ValueTask<ContentEnd> FinishAsync(CancellationToken cancellationToken)
    {
        if (_read != member.Size)
        {
            throw new IOException($"unpacked, it ended after {_read} of {member.Size} bytes");
        }

        return _crc.GetCurrentHashAsUInt32() == member.Crc32
            ? new(new ContentEnd(file.Describe(), Changed: false, member.Doubt))
            : throw new IOException("unpacked, it does not match its CRC-32");
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await content.DisposeAsync().ConfigureAwait(false);
            lease.Zip.GiveBack();
            lease.Dispose();
        }
    }
}
