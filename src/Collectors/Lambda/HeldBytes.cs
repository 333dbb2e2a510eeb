namespace JadaStore.Collectors.Lambda;

/// <summary>Bytes of a known length, in memory or in a temporary file that nobody else can read.</summary>
/// <remarks>Reading is thread-safe. The file has no name on Unix and is deleted when closed on Windows, so that none
/// stays behind.</remarks>
internal sealed class HeldBytes : IDisposable
{
    private readonly byte[]? _bytes;
    private readonly FileStream? _file;

    /// <param name="length">At least 0; taken at once where it is in memory.</param>
    /// <param name="inMemory">Whether it is.</param>
    /// <exception cref="IOException">There is no room for a file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder for temporary files cannot be written.</exception>
    public HeldBytes(long length, bool inMemory)
    {
        Length = length;
        if (inMemory)
        {
            _bytes = new byte[length];
        }
        else
        {
            _file = Open();
        }
    }

    /// <summary>How many bytes.</summary>
    public long Length { get; }

    /// <summary>Puts bytes to a place within the length.</summary>
    public void Write(long at, ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, Length - at, nameof(bytes));
        if (_bytes is not null)
        {
            bytes.CopyTo(_bytes.AsSpan((int)at));
        }
        else
        {
            RandomAccess.Write(_file!.SafeFileHandle, bytes, at);
        }
    }

    /// <summary>Bytes from a place on; 0 at the end, and only there.</summary>
    public int Read(long at, Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, Math.Max(0, Length - at));
        if (_bytes is not null)
        {
            _bytes.AsSpan(count == 0 ? 0 : (int)at, count).CopyTo(buffer);
            return count;
        }

        return count == 0 ? 0 : RandomAccess.Read(_file!.SafeFileHandle, buffer[..count], at);
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static FileStream Open()
    {
        string path = Path.Combine(Path.GetTempPath(), "jstore-" + Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
        {
            options.Options = FileOptions.DeleteOnClose;
            return new FileStream(path, options);
        }

        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        try
        {
            File.Delete(path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
