using System.Buffers;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>Compares what stands in the target with what an entry says. Follows no link and writes nothing.</summary>
internal sealed class LinuxComparison(LinuxFolders folders, LinuxAttributes attributes)
{
    /// <param name="path">Where it should stand.</param>
    /// <param name="checkedPath">The same, checked.</param>
    /// <param name="entry">What should stand there.</param>
    /// <param name="cancellationToken">Stops between two reads.</param>
    /// <remarks>
    /// What has other names and the wrong attributes is said to differ: set in place, they would change under names
    /// that may lie outside the target.
    /// </remarks>
    public TargetState Compare(
        EntryPath path, TargetPath checkedPath, Entry entry, CancellationToken cancellationToken)
    {
        int error = folders.Open(checkedPath.Parent, make: false, out LinuxFile folder);
        using LinuxFile closing = folder;
        if (error == 0)
        {
            error = LinuxNode.Open(folder.Number, checkedPath.Name(), out LinuxNode node);
            using LinuxNode held = node;
            if (error == 0)
            {
                return Compare(path, node, entry, cancellationToken);
            }
        }

        // A file or a link where the folder should be: under this path there is nothing, whoever makes the folder.
        return error is LinuxErrors.Missing or LinuxErrors.NoFolder or LinuxErrors.Loop
            ? TargetState.Absent
            : throw LinuxErrors.Because("cannot look at what stands there", error);
    }

    private TargetState Compare(EntryPath path, LinuxNode node, Entry entry, CancellationToken cancellationToken)
    {
        if (node.Stat(out LinuxStat stat) != 0)
        {
            throw LinuxErrors.Because("cannot look at what stands there", LinuxCalls.Error);
        }

        bool isSame = stat.Kind == entry.Kind && IsLinkedRight(path, in stat, entry) && entry.Kind switch
        {
            EntryKind.File => IsSameContent(node, in stat, entry, cancellationToken),
            EntryKind.Symlink => node.LinkTarget().AsSpan().SequenceEqual(entry.LinkTarget),
            EntryKind.CharacterDevice or EntryKind.BlockDevice => stat.Device == entry.Device,
            EntryKind.Folder or EntryKind.Pipe or EntryKind.Socket => true,
        };
        if (!isSame)
        {
            return TargetState.Differs;
        }

        if (attributes.AreSame(node, in stat, entry))
        {
            return TargetState.Same;
        }

        return stat.Kind != EntryKind.Folder && stat.Links > 1 ? TargetState.Differs : TargetState.AttributesDiffer;
    }

    // Where the first name stands in the target follows from where this one does, when both lie under one prefix.
    private bool IsLinkedRight(EntryPath path, in LinuxStat stat, Entry entry)
    {
        if (entry.HardLink is not { } first || !path.Span.EndsWith(entry.Path.Span))
        {
            return true;
        }

        var prefix = new EntryPath(path.Span[..^entry.Path.Length].ToArray());
        TargetPath place = TargetPath.Of(prefix.Append(first.Span));
        int error = folders.Open(place.Parent, make: false, out LinuxFile folder);
        using LinuxFile closing = folder;
        return error != 0
            || LinuxCalls.Stat(folder.Number, place.Name(), out LinuxStat other) != 0
            || stat.IsSameFile(in other);
    }

    private static bool IsSameContent(
        LinuxNode node, in LinuxStat stat, Entry entry, CancellationToken cancellationToken)
    {
        if (stat.Size != entry.Size || entry.Digest is not { } wanted)
        {
            return false;
        }

        // What cannot be read cannot be told to be the same.
        using var file = new LinuxFile(node.OpenContent());
        return file.Number >= 0 && TryHash(file.Number, cancellationToken, out Digest found) && found == wanted;
    }

    private static bool TryHash(int file, CancellationToken cancellationToken, out Digest digest)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        try
        {
            var hasher = new Blake3Hasher();
            for (long position = 0; ;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                nint read = LinuxCalls.Read(file, buffer, (nuint)buffer.Length, position);
                if (read > 0)
                {
                    hasher.Update(buffer.AsSpan(0, (int)read));
                    position += read;
                }
                else if (read == 0 || LinuxCalls.Error != LinuxErrors.Interrupted)
                {
                    digest = read == 0 ? hasher.Finish() : default;
                    return read == 0;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
