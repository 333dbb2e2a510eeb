using System.Buffers;
using JadaStore.Collectors.Local.Ignore;
using JadaStore.Store;
using JadaStore.Store.Model;
using Microsoft.Win32.SafeHandles;

namespace JadaStore.Collectors.Local.Linux;

/// <summary>
/// Lists folders by the kernel's own calls: two to open and close, two for the names, one for each of them.
/// </summary>
internal sealed unsafe class LinuxFolder : FolderReader
{
    private const int UsualBuffer = 64 * 1024;
    private const int LeastFree = 16 * 1024;
    private const int CheckEvery = 1024;

    private readonly LinuxRoot _root;
    private readonly ulong? _device;
    private readonly FileId[] _leaveOut;
    private readonly CancellationToken _cancellationToken;

    /// <param name="folder">The root; may be a symbolic link.</param>
    /// <param name="options">What is captured.</param>
    /// <param name="rules">The options' patterns.</param>
    /// <param name="cancellationToken">Stops a listing that runs.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.SourceUnreachable"/>.</exception>
    public LinuxFolder(
        string folder, LocalFolderOptions options, IgnoreRules rules, CancellationToken cancellationToken)
    {
        _root = LinuxRoot.Open(folder, options.Time);
        _cancellationToken = cancellationToken;
        _leaveOut = [.. options.LeaveOut.Select(LinuxRoot.Identify).OfType<FileId>()];

        FileTime seen = FileTime.From(options.Time.GetUtcNow());
        FileStatus status = _root.Status();
        _device = options.OneFileSystem ? status.Id.Device : null;
        Root = new Subfolder(LinuxEntry.Of(_root, [], EntryKind.Folder, status, seen), rules, this);
    }

    /// <inheritdoc/>
    public override Subfolder Root { get; }

    /// <inheritdoc/>
    public override SourceEntry AsHardLink(SourceEntry entry, EntryPath first) => ((LinuxEntry)entry).AsHardLink(first);

    /// <inheritdoc/>
    public override Listing List(Subfolder folder)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        int descriptor = _root.Open(
            folder.Entry.Path.Span,
            OpenFlags.Folder | OpenFlags.NonBlocking | OpenFlags.NoAccessTime | OpenFlags.CloseOnExec);
        if (descriptor < 0)
        {
            return descriptor == -Errno.NoEntry ? Listing.Gone : new Listing { Problem = Errno.Message(-descriptor) };
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(UsualBuffer);
        try
        {
            int length = ReadNames(descriptor, ref buffer);
            return length switch
            {
                >= 0 => List(folder, descriptor, buffer.AsSpan(0, length)),
                -Errno.NoEntry => Listing.Gone,
                _ => new Listing { Problem = Errno.Message(-length) },
            };
        }
        catch (IOException e)
        {
            return new Listing { Problem = e.Message };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _ = Syscalls.Close(descriptor);
        }
    }

    /// <summary>Reads all of a folder's records.</summary>
    /// <returns>Their length in the buffer, which may have grown; or an error number, negated.</returns>
    private int ReadNames(int descriptor, ref byte[] buffer)
    {
        int length = 0;
        while (true)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (buffer.Length - length < LeastFree)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(checked(buffer.Length * 2));
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            int read;
            fixed (byte* start = buffer)
            {
                read = Syscalls.GetFolderRecords(descriptor, start + length, buffer.Length - length);
            }

            if (read <= 0)
            {
                return read == 0 ? length : -Errno.Last;
            }

            length += read;
        }
    }

    private Listing List(Subfolder folder, int descriptor, ReadOnlySpan<byte> names)
    {
        int count = 0;
        bool hasRules = false;
        var records = new FolderRecords(names);
        for (; records.Next(); count++)
        {
            hasRules |= records.Name.SequenceEqual(IgnoreFileName);
        }

        var listing = new ListingBuilder(folder, this, count);
        if (hasRules && ReadRules(folder.Entry.Path) is { } rules)
        {
            listing.AddRules(rules);
        }

        FileTime seen = FileTime.From(_root.Time.GetUtcNow());
        records = new FolderRecords(names);
        for (int i = 1; records.Next(); i++)
        {
            if (i % CheckEvery == 0)
            {
                _cancellationToken.ThrowIfCancellationRequested();
            }

            Add(listing, descriptor, records.Name, records.IsFolder, seen);
        }

        return listing.End();
    }

    /// <param name="listing">Where to.</param>
    /// <param name="descriptor">The folder.</param>
    /// <param name="name">A zero byte follows it in memory.</param>
    /// <param name="isFolder">As the folder says; null when it does not.</param>
    /// <param name="seen">A moment before now.</param>
    private void Add(ListingBuilder listing, int descriptor, ReadOnlySpan<byte> name, bool? isFolder, FileTime seen)
    {
        if (isFolder is { } known && listing.Excludes(name, known))
        {
            return;
        }

        bool good;
        FileStatus status;
        fixed (byte* start = name)
        {
            good = Syscalls.TryStatus(descriptor, start, out status);
        }

        int error = good ? 0 : Errno.Last;
        if (!good || status.Kind is not { } kind)
        {
            if (error != Errno.NoEntry)
            {
                string why = good ? "it is of a kind that is not known" : Errno.Message(error);
                EntryKind guess = isFolder == true ? EntryKind.Folder : EntryKind.File;
                listing.AddFault(listing.PathOf(name, isFolder == true), guess, why);
            }

            return;
        }

        bool folder = kind == EntryKind.Folder;
        if (folder != isFolder && listing.Excludes(name, folder))
        {
            return;
        }

        byte[] path = listing.PathOf(name, folder);
        if (_leaveOut.Length > 0 && _leaveOut.Contains(status.Id))
        {
            listing.LeaveOut(path);
            return;
        }

        var entry = LinuxEntry.Of(_root, path, kind, status, seen);
        bool descend = folder && (_device is null || _device == status.Id.Device);
        listing.Add(entry, descend, entry.HasLinks ? new LinkedFile(status.Id, status.Links) : null);
    }

    /// <summary>Reads a folder's ignore file.</summary>
    /// <returns>Null when it cannot be read: the file's own entry will say so.</returns>
    /// <exception cref="IOException">It is larger than any that is meant as one.</exception>
    private byte[]? ReadRules(EntryPath folder)
    {
        int descriptor = _root.Open(
            folder.Append(IgnoreFileName).Span, OpenFlags.NonBlocking | OpenFlags.NoAccessTime | OpenFlags.CloseOnExec);
        if (descriptor < 0)
        {
            return null;
        }

        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (!Syscalls.TryStatus(descriptor, out FileStatus status) || status.Kind != EntryKind.File)
        {
            return null;
        }

        if (status.Size > MaxIgnoreFile)
        {
            throw new IOException($"its .jstoreignore is larger than {MaxIgnoreFile >> 20} MiB");
        }

        byte[] text = new byte[status.Size];
        int length = 0;
        for (int read = -1; read != 0; length += read)
        {
            read = RandomAccess.Read(file, text.AsSpan(length), length);
        }

        return text[..length];
    }
}
