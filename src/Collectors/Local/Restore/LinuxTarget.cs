using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>
/// A folder on Linux, by the kernel's own calls: names are bytes, and every step is relative to an open folder.
/// </summary>
internal sealed class LinuxTarget : IRestoreTarget
{
    private readonly LinuxFolders _folders;
    private readonly LinuxAttributes _attributes;
    private readonly LinuxComparison _comparison;
    private readonly LinuxListing _listing;
    private readonly LinuxLeftOut _leftOut;
    private readonly TemporaryNames _names = new();
    private readonly bool _useNameless;
    private readonly bool _isDurable;

    /// <param name="folders">Taken over: closed with the target.</param>
    /// <param name="options">What is brought back.</param>
    /// <param name="notes">Told what a person should know.</param>
    /// <param name="useNameless">
    /// Whether files have no name until they are whole, where the file system can do that.
    /// </param>
    /// <exception cref="IOException">It cannot be told where a folder is that is to be left out.</exception>
    public LinuxTarget(LinuxFolders folders, LocalTargetOptions options, TargetNotes notes, bool useNameless = true)
    {
        _folders = folders;
        _attributes = new LinuxAttributes(options, notes);
        _comparison = new LinuxComparison(folders, _attributes);
        _leftOut = new LinuxLeftOut(folders, options.LeaveOut);
        _listing = new LinuxListing(folders, _leftOut);
        _useNameless = useNameless;
        _isDurable = options.Durable;
    }

    /// <inheritdoc/>
    public ValueTask<TargetState> InspectAsync(EntryPath path, Entry entry, CancellationToken cancellationToken) =>
        new(_comparison.Compare(path, Check(path, entry.Kind), entry, cancellationToken));

    /// <inheritdoc/>
    public ValueTask MakeAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        using LinuxPlace place = Open(Check(path, entry.Kind), make: true);
        if (entry.Kind == EntryKind.Folder)
        {
            MakeFolder(place, entry);
        }
        else
        {
            MakeNode(place, entry);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IRestoreWriter> CreateFileAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        LinuxPlace place = Open(Check(path, EntryKind.File), make: true);
        try
        {
            return new(new LinuxFileWriter(place, entry, _attributes, _names, _useNameless, _isDurable));
        }
        catch (IOException)
        {
            place.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask LinkAsync(EntryPath path, EntryPath first, Entry entry, CancellationToken cancellationToken)
    {
        using LinuxPlace from = Open(Check(first, entry.Kind), make: false);
        using LinuxPlace place = Open(Check(path, entry.Kind), make: true);
        int error = Link(from, place, place.Name);
        if (error == LinuxErrors.Exists)
        {
            byte[] temporary = _names.NextBytes();
            error = Link(from, place, temporary);
            try
            {
                if (error == 0)
                {
                    place.Take(temporary);
                }
            }
            finally
            {
                // A rename between two names of one file does nothing and leaves both.
                _ = LinuxCalls.Remove(place.Folder, temporary, 0);
            }
        }

        return error == 0 ? ValueTask.CompletedTask : throw LinuxErrors.Because($"cannot link it to {first}", error);
    }

    /// <inheritdoc/>
    public ValueTask SetAttributesAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        using LinuxPlace place = Open(Check(path, entry.Kind), make: false);
        using LinuxNode node = LinuxPlace.Hold(place.Folder, place.Name, entry.Kind, out LinuxStat stat);
        if (entry.Kind != EntryKind.Folder && stat.Links > 1)
        {
            throw new IOException(
                "cannot set its attributes: it has other names, under which they would change as well");
        }

        return _attributes.Apply(node, entry) is string problem
            ? throw new IOException(problem)
            : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<EntryPath> ListAsync(EntryPath path, CancellationToken cancellationToken) =>
        _listing.List(TargetPath.Of(path), cancellationToken).ToAsyncEnumerable();

    /// <inheritdoc/>
    public ValueTask DeleteAsync(EntryPath path, CancellationToken cancellationToken)
    {
        TargetPath checkedPath = TargetPath.Of(path);
        if (checkedPath.IsRoot)
        {
            throw new IOException("cannot remove the target itself");
        }

        using LinuxPlace place = Open(checkedPath, make: false);
        int flags = checkedPath.IsFolder ? LinuxCalls.RemoveFolder : 0;
        return LinuxCalls.Remove(place.Folder, place.Name, flags) == 0 || LinuxCalls.Error == LinuxErrors.Missing
            ? ValueTask.CompletedTask
            : throw LinuxErrors.Because("cannot remove it", LinuxCalls.Error);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folders.Dispose();
        return ValueTask.CompletedTask;
    }

    private static TargetPath Check(EntryPath path, EntryKind kind)
    {
        TargetPath found = TargetPath.Of(path);
        return kind == EntryKind.Folder || !found.IsFolder
            ? found
            : throw new IOException("only a folder can have a path that is empty or ends in /");
    }

    private static int Link(LinuxPlace from, LinuxPlace place, byte[] name) =>
        LinuxCalls.Link(from.Folder, from.Name, place.Folder, name, 0) == 0 ? 0 : LinuxCalls.Error;

    private LinuxPlace Open(TargetPath path, bool make)
    {
        int error = _leftOut.IsEmpty
            ? _folders.Open(path.Parent, make, out LinuxFile folder)
            : OpenOutside(path, make, out folder);
        return error switch
        {
            0 => new LinuxPlace(folder, path.Name()),
            LinuxErrors.NoFolder or LinuxErrors.Loop =>
                throw new IOException("a link or a file stands where a folder above it should be"),
            _ => throw LinuxErrors.Because("cannot open the folder that it belongs in", error),
        };
    }

    // No folder is made before it is known that it will not lie in one that is left out.
    private int OpenOutside(TargetPath path, bool make, out LinuxFile folder)
    {
        int error = _folders.Open(path.Parent, make: false, out folder);
        if (error == LinuxErrors.Missing)
        {
            if (_leftOut.WouldHold(path.Parent))
            {
                throw TargetPath.LeftOut();
            }

            error = make ? _folders.Open(path.Parent, make, out folder) : error;
        }

        bool isDone = false;
        try
        {
            if (error == 0 && _leftOut.Holds(folder.Number, path.Name()))
            {
                throw TargetPath.LeftOut();
            }

            isDone = true;
            return error;
        }
        finally
        {
            if (!isDone)
            {
                folder.Dispose();
            }
        }
    }

    private void MakeFolder(LinuxPlace place, Entry entry)
    {
        // Closed to others until all below is restored; where no entry says a mode, the process's mask decides.
        uint mode = entry.Mode is null ? 0x1FFu : 0x1C0u;
        if (LinuxCalls.MakeFolder(place.Folder, place.Name, mode) == 0)
        {
            return;
        }

        int error = LinuxCalls.Error;
        if (error == LinuxErrors.Exists && place.TryStat(out LinuxStat stat))
        {
            if (stat.Kind == EntryKind.Folder)
            {
                OpenToUs(place, in stat);
                return;
            }

            bool made = LinuxCalls.Remove(place.Folder, place.Name, 0) == 0
                && LinuxCalls.MakeFolder(place.Folder, place.Name, mode) == 0;
            error = made ? 0 : LinuxCalls.Error;
        }

        if (error != 0)
        {
            throw LinuxErrors.Because("cannot make the folder", error);
        }
    }

    // Into a folder that its owner closed to himself nothing could be restored; its mode is set right at the end.
    private void OpenToUs(LinuxPlace place, in LinuxStat stat)
    {
        const uint AllOfOwner = 0x1C0;
        if (!_attributes.IsRoot && (stat.Mode & AllOfOwner) != AllOfOwner)
        {
            using LinuxNode node = LinuxPlace.Hold(place.Folder, place.Name, EntryKind.Folder, out _);
            _ = node.SetMode(stat.Mode | AllOfOwner);
        }
    }

    private void MakeNode(LinuxPlace place, Entry entry)
    {
        byte[] name = place.Name;
        int error = LinuxNodes.Make(place.Folder, name, entry);
        bool isTaken = error == LinuxErrors.Exists;
        if (isTaken)
        {
            name = _names.NextBytes();
            error = LinuxNodes.Make(place.Folder, name, entry);
        }

        if (error != 0)
        {
            throw error == LinuxErrors.NotPermitted
                ? new IOException($"cannot make a {LinuxNodes.Word(entry.Kind)}: only root may")
                : LinuxErrors.Because($"cannot make a {LinuxNodes.Word(entry.Kind)}", error);
        }

        bool isDone = !isTaken;
        try
        {
            using LinuxNode node = LinuxPlace.Hold(place.Folder, name, entry.Kind, out _);
            string? problem = _attributes.Apply(node, entry);
            if (isTaken)
            {
                place.Take(name);
                isDone = true;
            }

            if (problem is not null)
            {
                throw new IOException($"it was restored, but {problem}");
            }
        }
        finally
        {
            if (!isDone)
            {
                _ = LinuxCalls.Remove(place.Folder, name, 0);
            }
        }
    }
}
