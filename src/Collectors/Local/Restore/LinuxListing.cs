using System.Buffers.Binary;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>
/// Lists what stands in the target: each folder after what is in it, names in the order of their bytes.
/// </summary>
/// <remarks>No folder stays open while what lies below it is listed, so any depth can be listed.</remarks>
internal sealed class LinuxListing(LinuxFolders folders, LinuxLeftOut leftOut)
{
    private const byte FolderType = 4, UnknownType = 0;

    /// <param name="path">A file or a folder; the target itself is not among what is listed.</param>
    /// <param name="cancellationToken">Stops before the next path.</param>
    public IEnumerable<EntryPath> List(TargetPath path, CancellationToken cancellationToken)
    {
        if (IsLeftOut(path))
        {
            yield break;
        }

        byte[] start = path.Span.ToArray();
        if (!path.IsRoot && !IsFolder(path))
        {
            if (Stands(path))
            {
                yield return new EntryPath(start);
            }

            yield break;
        }

        var open = new Stack<Level>();
        open.Push(Read(path.IsRoot ? [] : [.. start, (byte)'/']));
        while (open.TryPeek(out Level? level))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (level.Next < level.Names.Count)
            {
                (byte[] name, bool isFolder) = level.Names[level.Next++];
                if (isFolder)
                {
                    open.Push(Read([.. level.Path, .. name, (byte)'/']));
                }
                else
                {
                    yield return new EntryPath([.. level.Path, .. name]);
                }
            }
            else
            {
                open.Pop();
                if (level.IsKept)
                {
                    // It cannot become empty, and neither can the folder that it lies in.
                    _ = open.TryPeek(out Level? above);
                    above?.IsKept = true;
                }
                else if (level.Path.Length > 0)
                {
                    yield return new EntryPath(level.Path);
                }
            }
        }
    }

    private bool IsLeftOut(TargetPath path)
    {
        if (leftOut.IsEmpty)
        {
            return false;
        }

        int error = folders.Open(path.Parent, make: false, out LinuxFile folder);
        using LinuxFile closing = folder;
        return error == 0 && leftOut.Holds(folder.Number, path.Name());
    }

    private bool Stands(TargetPath path) => TryStat(path, out _);

    private bool IsFolder(TargetPath path) => TryStat(path, out LinuxStat stat) && stat.Kind == EntryKind.Folder;

    private bool TryStat(TargetPath path, out LinuxStat stat)
    {
        stat = default;
        int error = folders.Open(path.Parent, make: false, out LinuxFile folder);
        using LinuxFile closing = folder;
        return error == 0 && LinuxCalls.Stat(folder.Number, path.Name(), out stat) == 0;
    }

    // A folder that cannot be read is listed as if it were empty; whoever then wants to remove it is told that it is
    // not.
    private Level Read(byte[] path)
    {
        var level = new Level(path);
        ReadOnlySpan<byte> names = path.Length == 0 ? path : path.AsSpan(0, path.Length - 1);
        int error = folders.Open(names, make: false, out LinuxFile folder);
        using LinuxFile closing = folder;
        if (error != 0)
        {
            return level;
        }

        if (!leftOut.IsEmpty && leftOut.Is(folder.Number))
        {
            level.IsKept = true;
            return level;
        }

        int flags = LinuxCalls.ReadOnly | LinuxCalls.OpenFolder | LinuxCalls.CloseOnExec;
        using var readable = new LinuxFile(LinuxCalls.OpenAt(folder.Number, ".\0"u8, flags, 0));
        byte[] buffer = new byte[1 << 15];
        int length = 0;
        while (readable.Number >= 0 && (length = LinuxCalls.ReadFolder(readable.Number, buffer)) > 0)
        {
            for (ReadOnlySpan<byte> rest = buffer.AsSpan(0, length); !rest.IsEmpty;)
            {
                // Number, offset, length of the record, type, name, NUL.
                ReadOnlySpan<byte> record = rest[..BinaryPrimitives.ReadUInt16LittleEndian(rest[16..])];
                ReadOnlySpan<byte> name = record[19..];
                name = name[..name.IndexOf((byte)0)];
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                {
                    byte type = record[18];
                    bool isFolder = type == FolderType || (type == UnknownType
                        && LinuxCalls.Stat(readable.Number, record[19..], out LinuxStat stat) == 0
                        && stat.Kind == EntryKind.Folder);
                    level.Names.Add((name.ToArray(), isFolder));
                }

                rest = rest[record.Length..];
            }
        }

        level.Names.Sort((left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name));
        return level;
    }

    private sealed class Level(byte[] path)
    {
        public byte[] Path => path;

        public List<(byte[] Name, bool IsFolder)> Names { get; } = [];

        public int Next { get; set; }

        /// <summary>Whether it is left out, or what is left out lies in it.</summary>
        public bool IsKept { get; set; }
    }
}
