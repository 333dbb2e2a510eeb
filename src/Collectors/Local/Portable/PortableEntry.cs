using System.Buffers.Binary;
using JadaStore.Store.Model;
using Microsoft.Win32.SafeHandles;

namespace JadaStore.Collectors.Local.Portable;

/// <summary>Something in a folder, as the framework tells it on any system.</summary>
/// <param name="location">Its path on this machine.</param>
/// <param name="time">The clock that stamps are compared with.</param>
internal sealed class PortableEntry(string location, TimeProvider time) : SourceEntry
{
    // Stamps that young are not believed: a change within one tick of a coarse clock would never be seen.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    /// <summary>An entry for what was found.</summary>
    /// <param name="path">Taken over.</param>
    /// <param name="info">What was found.</param>
    /// <param name="time">The clock that stamps are compared with.</param>
    /// <exception cref="IOException">It is gone.</exception>
    public static PortableEntry Of(byte[] path, FileSystemInfo info, TimeProvider time) => new(info.FullName, time)
    {
        Path = new EntryPath(path),
        Kind = KindOf(info),
        Size = SizeOf(info),
        ModifiedTime = FileTime.From(info.LastWriteTimeUtc),
        Fingerprint = FingerprintOf(info, time.GetUtcNow()),
    };

    /// <summary>What the framework can tell apart.</summary>
    public static EntryKind KindOf(FileSystemInfo info) =>
        info.Attributes.HasFlag(FileAttributes.ReparsePoint) && info.LinkTarget is not null ? EntryKind.Symlink
        : info.Attributes.HasFlag(FileAttributes.Directory) ? EntryKind.Folder
        : EntryKind.File;

    /// <inheritdoc/>
    public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Describe(Look(), time.GetUtcNow()));
    }

    /// <inheritdoc/>
    public override ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken)
    {
        if (Kind != EntryKind.File)
        {
            return base.OpenAsync(cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset seen = time.GetUtcNow();
        FileSystemInfo before = Look();

        // What is told as empty is not opened: it may be a pipe, and opening that could wait for ever.
        SafeFileHandle? file = SizeOf(before) == 0 ? null : PortableFault.Run(() => File.OpenHandle(
            location,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            FileOptions.SequentialScan));
        return new(new PortableFileReader(this, file, before, seen));
    }

    /// <summary>What lies there now.</summary>
    /// <exception cref="IOException">Nothing, or something of another kind.</exception>
    public FileSystemInfo Look() => PortableFault.Run<FileSystemInfo>(() =>
    {
        FileSystemInfo info = Kind == EntryKind.Folder ? new DirectoryInfo(location) : new FileInfo(location);
        if ((int)info.Attributes == -1)
        {
            throw new FileNotFoundException();
        }

        return KindOf(info) == Kind ? info : throw new IOException("replaced by something else while the snapshot ran");
    });

    /// <summary>All that the framework says of it.</summary>
    /// <param name="info">What lies there.</param>
    /// <param name="seen">A moment before that.</param>
    public Entry Describe(FileSystemInfo info, DateTimeOffset seen) => PortableFault.Run(() => new Entry
    {
        Path = Path,
        Kind = Kind,
        Size = SizeOf(info),
        ModifiedTime = FileTime.From(info.LastWriteTimeUtc),
        Mode = OperatingSystem.IsWindows() ? null : (uint)info.UnixFileMode,
        LinkTarget = Kind == EntryKind.Symlink ? System.Text.Encoding.UTF8.GetBytes(info.LinkTarget ?? "") : null,
        Fingerprint = FingerprintOf(info, seen),
    });

    private static long SizeOf(FileSystemInfo info) =>
        info is FileInfo file && KindOf(info) == EntryKind.File ? file.Length : 0;

    /// <summary>When it was made, and its permissions: the framework tells no change time.</summary>
    private static byte[] FingerprintOf(FileSystemInfo info, DateTimeOffset seen)
    {
        DateTimeOffset limit = seen - Window;
        if (info.LastWriteTimeUtc >= limit || info.CreationTimeUtc >= limit)
        {
            return [];
        }

        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, info.CreationTimeUtc.Ticks);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), (int)info.Attributes);
        BinaryPrimitives.WriteInt32LittleEndian(
            bytes.AsSpan(12), OperatingSystem.IsWindows() ? 0 : (int)info.UnixFileMode);
        return bytes;
    }
}
