namespace JadaStore.Store.Tests.Crash;

/// <summary>What becomes of what was not made durable when the power fails.</summary>
internal enum Unsynced
{
    /// <summary>None of it reached the disk.</summary>
    Dropped,

    /// <summary>All of it did: also what a process that is killed leaves behind.</summary>
    Kept,

    /// <summary>
    /// Some of it, in any order: each sector and each name by itself, and lengths without their data.
    /// </summary>
    Torn,
}

/// <summary>A log of operations → what the disk holds when the power fails after some of them.</summary>
/// <remarks>
/// No more is believed than POSIX says: a file's bytes are safe once it was flushed, a name (made, given, taken away)
/// once its folder was, and what is in a folder is lost with the folder's own name. Real file systems keep more.
/// </remarks>
internal sealed class PowerCut
{
    private const int Sector = 512;

    private readonly Unsynced _unsynced;
    private readonly Random _random;
    private readonly Dictionary<int, FileState> _files = [];
    private readonly Dictionary<string, FolderState> _folders = [];

    private PowerCut(Unsynced unsynced, int seed) => (_unsynced, _random) = (unsynced, new Random(seed));

    /// <summary>The disk after the first <paramref name="count"/> operations and a power cut.</summary>
    public static DiskImage After(
        DiskImage start, IReadOnlyList<DiskOperation> log, int count, Unsynced unsynced, int seed)
    {
        var cut = new PowerCut(unsynced, seed);
        cut.Load(start);
        foreach (DiskOperation operation in log.Take(count))
        {
            cut.Do(operation);
        }

        return cut.Image();
    }

    private void Load(DiskImage start)
    {
        foreach (string folder in start.Folders)
        {
            _folders[folder] = new FolderState();
        }

        foreach (string folder in start.Folders.Where(path => Path.GetDirectoryName(path) is not null))
        {
            FolderOf(folder).Names[folder] = null;
        }

        foreach ((string path, byte[] bytes) in start.Files)
        {
            int number = _files.Count;
            _files[number] = new FileState { Bytes = bytes };
            FolderOf(path).Names[path] = number;
        }
    }

    private void Do(DiskOperation operation)
    {
        switch (operation)
        {
            case DiskOperation.MakeFolder made:
                _folders[made.Path] = new FolderState();
                FolderOf(made.Path).Pending.Add((made.Path, true, null));
                break;
            case DiskOperation.Create created:
                _files[created.File] = new FileState();
                FolderOf(created.Path).Pending.Add((created.Path, true, created.File));
                break;
            case DiskOperation.Link linked:
                FolderOf(linked.Path).Pending.Add((linked.Path, true, linked.File));
                break;
            case DiskOperation.Unlink unlinked:
                FolderOf(unlinked.Path).Pending.Add((unlinked.Path, false, null));
                break;
            case DiskOperation.Write written:
                _files[written.File].Pending.Add(written);
                break;
            case DiskOperation.Flush flushed:
                _files[flushed.File].Settle(_ => true, null);
                break;
            case DiskOperation.FlushFolder flushed:
                _folders[flushed.Path].Settle(() => true);
                break;
        }
    }

    private DiskImage Image()
    {
        foreach (FolderState folder in _folders.Values)
        {
            folder.Settle(Survives);
        }

        foreach (FileState file in _files.Values)
        {
            file.Settle(_ => Survives(), _unsynced == Unsynced.Torn ? _random : null);
        }

        var folders = new HashSet<string>(StringComparer.Ordinal);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        Walk("/", folders, files);
        return new DiskImage(folders, files);
    }

    private void Walk(string folder, HashSet<string> folders, Dictionary<string, byte[]> files)
    {
        folders.Add(folder);
        foreach ((string path, int? file) in _folders[folder].Names)
        {
            if (file is { } number)
            {
                files[path] = _files[number].Bytes;
            }
            else
            {
                Walk(path, folders, files);
            }
        }
    }

    private bool Survives() => _unsynced switch
    {
        Unsynced.Dropped => false,
        Unsynced.Kept => true,
        _ => _random.Next(2) == 0,
    };

    private FolderState FolderOf(string path) => _folders[Path.GetDirectoryName(path)!];

    private sealed class FolderState
    {
        /// <summary>Full path → file; null: a folder.</summary>
        public SortedDictionary<string, int?> Names { get; } = new(StringComparer.Ordinal);

        public List<(string Path, bool Added, int? File)> Pending { get; } = [];

        public void Settle(Func<bool> survives)
        {
            foreach ((string path, bool added, int? file) in Pending.Where(_ => survives()))
            {
                if (added)
                {
                    Names[path] = file;
                }
                else
                {
                    Names.Remove(path);
                }
            }

            Pending.Clear();
        }
    }

    private sealed class FileState
    {
        public byte[] Bytes { get; set; } = [];

        public List<DiskOperation.Write> Pending { get; } = [];

        /// <param name="survives">Asked of each sector of each write.</param>
        /// <param name="torn">
        /// Chooses a length, and what stands where nothing was written; null: as survives says.
        /// </param>
        public void Settle(Func<long, bool> survives, Random? torn)
        {
            int whole = Pending.Select(write => (int)write.Offset + write.Bytes.Length).Append(Bytes.Length).Max();
            byte[] bytes = new byte[whole];
            Bytes.CopyTo(bytes, 0);
            if (torn is not null && torn.Next(2) == 0)
            {
                torn.NextBytes(bytes.AsSpan(Bytes.Length));         // what the disk held there before
            }

            int length = Bytes.Length;
            foreach (DiskOperation.Write write in Pending)
            {
                for (int at = 0; at < write.Bytes.Length;)
                {
                    int offset =
                        (int)write.Offset + at, next = Math.Min(write.Bytes.Length, at + Sector - (offset % Sector));
                    if (survives(offset))
                    {
                        write.Bytes.AsSpan(at, next - at).CopyTo(bytes.AsSpan(offset));
                        length = Math.Max(length, offset + next - at);
                    }

                    at = next;
                }
            }

            if (torn is not null)
            {
                length = torn.Next(3) switch { 0 => length, 1 => whole, _ => torn.Next(Bytes.Length, whole + 1) };
            }

            Pending.Clear();
            Bytes = bytes[..length];
        }
    }
}
