using Microsoft.Win32.SafeHandles;

namespace JadaStore.Store.Backends;

/// <summary>An open file of this machine.</summary>
/// <param name="file">Closed with this.</param>
/// <param name="stream">What the file came from, when that is to be closed as well.</param>
internal sealed class SystemFile(SafeFileHandle file, FileStream? stream) : IDiskFile
{
    /// <summary>A file that was opened for reading.</summary>
    public SystemFile(SafeFileHandle file) : this(file, null)
    {
    }

    /// <summary>A file that was made.</summary>
    public SystemFile(FileStream stream) : this(stream.SafeFileHandle, stream)
    {
    }

    /// <inheritdoc/>
    public bool IsClosed => file.IsClosed;

    /// <inheritdoc/>
    public int Read(Span<byte> target, long offset) => RandomAccess.Read(file, target, offset);

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(file, bytes, offset);

    /// <inheritdoc/>
    public void Flush() => RandomAccess.FlushToDisk(file);

    /// <inheritdoc/>
    public void Dispose()
    {
        stream?.Dispose();
        file.Dispose();
    }
}
