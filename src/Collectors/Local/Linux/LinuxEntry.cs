using JadaStore.Store.Model;
using Microsoft.Win32.SafeHandles;

namespace JadaStore.Collectors.Local.Linux;

/// <summary>Something in a folder, stat'ed; all else is asked of the kernel when it is wanted.</summary>
/// <param name="root">Where its path begins.</param>
internal sealed class LinuxEntry(LinuxRoot root) : SourceEntry
{
    /// <summary>An entry for what was found at a path.</summary>
    /// <param name="root">Where the path begins.</param>
    /// <param name="path">Taken over.</param>
    /// <param name="kind">The status's own.</param>
    /// <param name="status">What was found.</param>
    /// <param name="seen">A moment before that.</param>
    public static LinuxEntry Of(LinuxRoot root, byte[] path, EntryKind kind, in FileStatus status, FileTime seen) =>
        new(root)
        {
            Path = new EntryPath(path),
            Kind = kind,
            Size = kind == EntryKind.File ? status.Size : 0,
            ModifiedTime = status.Modified,
            Fingerprint = LinuxFingerprint.Of(status, seen),
            HasLinks = kind == EntryKind.File && status.Links > 1,
        };

    /// <summary>The same entry as another name of the file at <paramref name="first"/>.</summary>
    public LinuxEntry AsHardLink(EntryPath first) => new(root)
    {
        Path = Path,
        Kind = Kind,
        Size = Size,
        ModifiedTime = ModifiedTime,
        Fingerprint = LinuxFingerprint.OfLink(Fingerprint, first),
        HardLink = first,
    };

    /// <inheritdoc/>
    public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using SafeFileHandle place = Open(OpenFlags.PathOnly | OpenFlags.CloseOnExec);
        FileTime seen = FileTime.From(root.Time.GetUtcNow());
        FileStatus status = Status(place);
        byte[] fingerprint = LinuxFingerprint.Of(status, seen);
        if (HardLink is { } first)
        {
            fingerprint = LinuxFingerprint.OfLink(fingerprint, first);
        }

        return new(LinuxDescription.Of(this, place, isPlace: true, status, fingerprint));
    }

    /// <inheritdoc/>
    public override ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken)
    {
        if (Kind != EntryKind.File)
        {
            return base.OpenAsync(cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        SafeFileHandle file = Open(OpenFlags.NonBlocking | OpenFlags.NoAccessTime | OpenFlags.CloseOnExec);
        try
        {
            FileTime seen = FileTime.From(root.Time.GetUtcNow());
            return new(new LinuxFileReader(this, file, Status(file), seen));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private SafeFileHandle Open(int flags)
    {
        int descriptor = root.Open(Path.Span, flags);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw Errno.Exception(-descriptor);
    }

    private FileStatus Status(SafeFileHandle handle)
    {
        if (!Syscalls.TryStatus((int)handle.DangerousGetHandle(), out FileStatus status))
        {
            throw Errno.Exception(Errno.Last);
        }

        return status.Kind == Kind ? status : throw new IOException(Errno.Message(Errno.NotAFolder));
    }
}
