using System.Buffers.Binary;
using JadaStore.Store.Model;

namespace JadaStore.Bench.ManyChunks;

/// <summary>A file whose 16 bytes follow from its number.</summary>
internal sealed class NumberedFile(long number) : SourceEntry
{
    /// <summary>Of its content, in bytes.</summary>
    public const int Length = 16;

    /// <inheritdoc/>
    public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) => new(Describe());

    /// <inheritdoc/>
    public override ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken) => new(new Reader(this, number));

    private Entry Describe() => new() { Path = Path, Kind = Kind, Size = Size, Fingerprint = Fingerprint };

    private sealed class Reader(NumberedFile file, long number) : ContentReader
    {
        private bool _isRead;

        public override ValueTask<ContentRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            if (_isRead || buffer.Length < Length)
            {
                return _isRead ? default : throw new ArgumentException("The buffer is too small.", nameof(buffer));
            }

            // Mixed, so that it does not compress.
            BinaryPrimitives.WriteInt64LittleEndian(buffer.Span, number);
            BinaryPrimitives.WriteUInt64LittleEndian(buffer.Span[8..], (ulong)number * 0x9E3779B97F4A7C15);
            _isRead = true;
            return new(new ContentRead(Length, 0));
        }

        public override ValueTask<ContentEnd> FinishAsync(CancellationToken cancellationToken) =>
            new(new ContentEnd(file.Describe(), Changed: false));

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
