using JadaStore.Store.Model;
using Microsoft.Win32.SafeHandles;

namespace JadaStore.Collectors.Local.Portable;

/// <summary>Reads a file up to the size that it had when it was opened.</summary>
/// <param name="entry">The file as it was listed.</param>
/// <param name="file">The file, open; null when it is empty. Closed by this.</param>
/// <param name="before">What it was as it was opened.</param>
/// <param name="seen">A moment before that.</param>
internal sealed class PortableFileReader(
    PortableEntry entry, SafeFileHandle? file, FileSystemInfo before, DateTimeOffset seen) : ContentReader
{
    private readonly Entry _before = entry.Describe(before, seen);
    private long _position;

    /// <inheritdoc/>
    public override async ValueTask<ContentRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (file is null || _position >= _before.Size)
        {
            return default;
        }

        buffer = buffer[..(int)Math.Min(buffer.Length, _before.Size - _position)];
        int read = await RandomAccess.ReadAsync(file, buffer, _position, cancellationToken).ConfigureAwait(false);
        _position += read;
        return new ContentRead(read, 0);
    }

    /// <inheritdoc/>
    public override ValueTask<ContentEnd> FinishAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Entry after = entry.Describe(entry.Look(), seen);
        bool changed = after.Size != _before.Size || after.ModifiedTime != _before.ModifiedTime
            || after.Mode != _before.Mode || _position != after.Size;
        return new(new ContentEnd(
            after with { Size = _position, Fingerprint = changed ? [] : after.Fingerprint }, changed));
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        file?.Dispose();
        return default;
    }
}
