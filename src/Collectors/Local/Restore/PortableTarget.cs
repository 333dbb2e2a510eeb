using System.Buffers;
using System.Text;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>A folder on any system, by the framework's calls.</summary>
/// <param name="folder">The target, as a full path.</param>
/// <param name="options">What is brought back.</param>
/// <param name="notes">Told what a person should know.</param>
/// <param name="spelling">Which names are one to the file system.</param>
internal sealed class PortableTarget(
    string folder, LocalTargetOptions options, TargetNotes notes, NameSpelling spelling) : IRestoreTarget
{
    private readonly PortablePlaces _places = new(folder, new PortableLeftOut(folder, options.LeaveOut), spelling);
    private readonly PortableAttributes _attributes = new(notes);
    private readonly TemporaryNames _names = new();

    /// <inheritdoc/>
    public async ValueTask<TargetState> InspectAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        string? place = _places.Find(path, entry.Kind, make: false);
        if (place is null || PortablePlaces.Attributes(place) is not { } attributes)
        {
            return TargetState.Absent;
        }

        bool isLink = (attributes & FileAttributes.ReparsePoint) != 0;
        bool isFolder = PortablePlaces.IsPlainFolder(attributes);
        bool isSame = entry.Kind switch
        {
            EntryKind.Folder => isFolder,
            EntryKind.Symlink => isLink && new FileInfo(place).LinkTarget == LinkTarget(entry),
            EntryKind.File =>
                !isLink && !isFolder && await IsSameContentAsync(place, entry, cancellationToken).ConfigureAwait(false),
            EntryKind.Pipe or EntryKind.Socket or EntryKind.CharacterDevice or EntryKind.BlockDevice => false,
        };
        return !isSame ? TargetState.Differs
            : isLink || PortableAttributes.AreSame(place, entry) ? TargetState.Same
            : TargetState.AttributesDiffer;
    }

    /// <inheritdoc/>
    public ValueTask MakeAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        string place = _places.FindToChange(path, entry.Kind, make: true)!;
        switch (entry.Kind)
        {
            case EntryKind.Folder:
                spelling.Put(place, () => MakeFolder(place));
                break;
            case EntryKind.Symlink:
                string target = LinkTarget(entry);
                spelling.Put(place, () =>
                {
                    PortablePlaces.Remove(place);
                    File.CreateSymbolicLink(place, target);
                });
                break;
            default:
                throw new IOException($"cannot make a {LinuxNodes.Word(entry.Kind)} on this system");
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IRestoreWriter> CreateFileAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        string place = _places.FindToChange(path, EntryKind.File, make: true)!;
        return new(new PortableFileWriter(place, Beside(place), entry, _attributes, spelling));
    }

    /// <inheritdoc/>
    /// <remarks>The framework makes no hard links, so this is a copy, and a note says so.</remarks>
    public async ValueTask LinkAsync(
        EntryPath path, EntryPath first, Entry entry, CancellationToken cancellationToken)
    {
        string? from = _places.FindToChange(first, EntryKind.File, make: false);
        bool isFile = from is not null && PortablePlaces.Attributes(from) is { } attributes
            && (attributes & (FileAttributes.ReparsePoint | FileAttributes.Directory)) == 0;
        if (!isFile)
        {
            throw new IOException($"cannot link it to {first}: no file stands there");
        }

        notes.Add("hard links are restored as copies on this system");
        var source =
            new FileStream(from!, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        await using (source.ConfigureAwait(false))
        {
            IRestoreWriter copy = await CreateFileAsync(path, entry, cancellationToken).ConfigureAwait(false);
            await using (copy.ConfigureAwait(false))
            {
                byte[] buffer = new byte[1 << 16];
                for (int read; (read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                {
                    await copy.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                }

                await copy.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask SetAttributesAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        string? place = _places.FindToChange(path, entry.Kind, make: false);
        FileAttributes? attributes = place is null ? null : PortablePlaces.Attributes(place);
        if (attributes is null)
        {
            throw new IOException("cannot set its attributes: nothing stands there");
        }

        // A link's own attributes are out of the framework's reach, and those of its target are not ours to set.
        bool isLink = (attributes & FileAttributes.ReparsePoint) != 0;
        if (isLink != (entry.Kind == EntryKind.Symlink))
        {
            throw new IOException("cannot set its attributes: something else stands there");
        }

        return !isLink && _attributes.Apply(place!, entry) is string problem
            ? throw new IOException(problem)
            : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<EntryPath> ListAsync(EntryPath path, CancellationToken cancellationToken)
    {
        string? place = _places.Find(path, EntryKind.Folder, make: false);
        byte[] stem = TargetPath.Of(path).Span.ToArray();
        return (place is null ? [] : List(place, stem, cancellationToken)).ToAsyncEnumerable();
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(EntryPath path, CancellationToken cancellationToken)
    {
        string? place = _places.FindToChange(path, EntryKind.Folder, make: false);
        if (path.Length == 0)
        {
            throw new IOException("cannot remove the target itself");
        }

        if (place is not null && PortablePlaces.Attributes(place) is { } attributes)
        {
            if (PortablePlaces.IsPlainFolder(attributes) != path.IsFolder)
            {
                throw new IOException("cannot remove it: something else stands there");
            }

            PortablePlaces.Remove(place);
            spelling.Forget(place);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string LinkTarget(Entry entry)
    {
        byte[] target = entry.LinkTarget ?? [];
        return target.Length > 0 && !target.Contains((byte)0)
            ? Encoding.UTF8.GetString(target)
            : throw new IOException("cannot make a symbolic link: its target is empty or has a NUL byte in it");
    }

    private static void MakeFolder(string place)
    {
        FileAttributes? attributes = PortablePlaces.Attributes(place);
        if (attributes is { } there && !PortablePlaces.IsPlainFolder(there))
        {
            PortablePlaces.Remove(place);
        }

        Directory.CreateDirectory(place);
    }

    private static async ValueTask<bool> IsSameContentAsync(
        string place, Entry entry, CancellationToken cancellationToken)
    {
        if (entry.Digest is not { } wanted || new FileInfo(place).Length != entry.Size)
        {
            return false;
        }

        var file = new FileStream(place, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        try
        {
            var hash = new Blake3Hasher();
            for (int read; (read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                hash.Update(buffer.AsSpan(0, read));
            }

            return hash.Finish() == wanted;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    private string Beside(string place) => Path.Combine(Path.GetDirectoryName(place)!, _names.Next());

    private IEnumerable<EntryPath> List(string place, byte[] path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_places.LeftOut.Holds(place) || PortablePlaces.Attributes(place) is not { } attributes)
        {
            yield break;
        }

        // The target itself may be a link to a folder; below it a link is listed and not followed.
        if (path.Length > 0 && !PortablePlaces.IsPlainFolder(attributes))
        {
            yield return new EntryPath(path);
            yield break;
        }

        byte[] folder = path.Length == 0 ? [] : [.. path, (byte)'/'];
        var all = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true };
        foreach (string below in Directory.EnumerateFileSystemEntries(place, "*", all).Order(StringComparer.Ordinal))
        {
            foreach (EntryPath found in List(
                below, [.. folder, .. Encoding.UTF8.GetBytes(Path.GetFileName(below))], cancellationToken))
            {
                yield return found;
            }
        }

        if (folder.Length > 0 && !_places.LeftOut.IsIn(place))
        {
            yield return new EntryPath(folder);
        }
    }
}
