using JadaStore.Store.Backends;

namespace JadaStore.Store.Tests.Crash;

/// <summary>A file system in memory that keeps a log of all that was done to it, in order.</summary>
/// <remarks>A file that is deleted or renamed while it is open stays readable, as on Unix.</remarks>
internal sealed class SimulatedDisk : IDisk
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _folders;
    private readonly Dictionary<string, SimulatedFile> _files;
    private readonly List<DiskOperation> _log = [];
    private int _numbers;

    /// <param name="image">What is on it, durable.</param>
    public SimulatedDisk(DiskImage image)
    {
        Start = image;
        _folders = [.. image.Folders];
        _files = image.Files.ToDictionary(file => file.Key, file => new SimulatedFile(_numbers++, [.. file.Value]));
    }

    /// <summary>What was on it at first.</summary>
    public DiskImage Start { get; }

    /// <summary>What goes wrong; nothing unless set.</summary>
    public DiskTrouble Trouble { get; set; } = new();

    /// <summary>What this disk says it does and does not: a flush, for one. To see that the tests can fail.</summary>
    public Func<DiskOperation, bool> OnlySays { get; init; } = _ => false;

    /// <summary>All that was done.</summary>
    public IReadOnlyList<DiskOperation> Log
    {
        get
        {
            lock (_lock)
            {
                return [.. _log.Where(operation => !OnlySays(operation))];
            }
        }
    }

    /// <summary>What a reader sees now.</summary>
    public DiskImage Now()
    {
        lock (_lock)
        {
            return new DiskImage(
                new HashSet<string>(_folders), _files.ToDictionary(file => file.Key, file => file.Value.Bytes.ToArray()));
        }
    }

    /// <summary>Says in the log that a call to the store has returned.</summary>
    public void Returned(string what) => Do(new DiskOperation.Returned(what));

    public IDiskFile Create(string path)
    {
        lock (_lock)
        {
            Trouble.Meet(DiskCall.Create, path);
            CheckParent(path);
            if (_files.ContainsKey(path))
            {
                throw new IOException($"The file '{path}' already exists.", 17);
            }

            var file = new SimulatedFile(_numbers++, []);
            _files.Add(path, file);
            _log.Add(new DiskOperation.Create(path, file.Number));
            return new OpenFile(this, path, file);
        }
    }

    public IDiskFile Open(string path)
    {
        lock (_lock)
        {
            Trouble.Meet(DiskCall.Open, path);
            CheckParent(path);
            return _files.TryGetValue(path, out SimulatedFile? file)
                ? new OpenFile(this, path, file)
                : throw new FileNotFoundException($"Could not find file '{path}'.", path);
        }
    }

    public bool TryMove(string source, string target)
    {
        lock (_lock)
        {
            Trouble.Meet(DiskCall.Move, target);
            CheckParent(target);
            if (_files.ContainsKey(target))
            {
                return false;
            }

            SimulatedFile file =
                _files.TryGetValue(source, out SimulatedFile? found) ? found : throw new FileNotFoundException(source);

            // As SystemDisk does it: a second name, then the first one goes; either may be lost without the other.
            _files.Add(target, file);
            _log.Add(new DiskOperation.Link(target, file.Number));
            Trouble.Meet(DiskCall.Delete, source);
            _files.Remove(source);
            _log.Add(new DiskOperation.Unlink(source));
            return true;
        }
    }

    public void Replace(string source, string target)
    {
        lock (_lock)
        {
            Trouble.Meet(DiskCall.Move, target);
            CheckParent(target);
            SimulatedFile file =
                _files.TryGetValue(source, out SimulatedFile? found) ? found : throw new FileNotFoundException(source);

            // One call, and yet two names in two folders, each durable by itself.
            _files[target] = file;
            _log.Add(new DiskOperation.Link(target, file.Number));
            _files.Remove(source);
            _log.Add(new DiskOperation.Unlink(source));
        }
    }

    public void Delete(string path)
    {
        lock (_lock)
        {
            Trouble.Meet(DiskCall.Delete, path);
            if (_files.Remove(path))
            {
                _log.Add(new DiskOperation.Unlink(path));
            }
        }
    }

    public bool TryDeleteAbandoned(string path)
    {
        Delete(path);
        return true;
    }

    public void MakeFolder(string path)
    {
        lock (_lock)
        {
            Trouble.Meet(DiskCall.MakeFolder, path);
            CheckParent(path);
            if (_folders.Add(path))
            {
                _log.Add(new DiskOperation.MakeFolder(path));
            }
        }
    }

    public bool FolderExists(string path)
    {
        lock (_lock)
        {
            return _folders.Contains(path);
        }
    }

    public void FlushFolder(string path)
    {
        Trouble.Meet(DiskCall.FlushFolder, path);
        Do(new DiskOperation.FlushFolder(path));
    }

    public long? LengthOf(string path)
    {
        lock (_lock)
        {
            return _files.TryGetValue(path, out SimulatedFile? file) ? file.Bytes.Length : null;
        }
    }

    public DateTimeOffset WrittenAt(string path) => DateTimeOffset.UnixEpoch;

    public IReadOnlyList<string> NamesIn(string folder)
    {
        lock (_lock)
        {
            Trouble.Meet(DiskCall.List, folder);
            return [.. _files.Keys.Concat(_folders).Where(path => Path.GetDirectoryName(path) == folder).Select(
                path => Path.GetFileName(path)!)];
        }
    }

    public IReadOnlyList<(string Path, long Length)> FilesBelow(string folder, int depth)
    {
        lock (_lock)
        {
            Trouble.Meet(DiskCall.List, folder);
            return [.. _files.Where(file => file.Key.StartsWith(folder + "/", StringComparison.Ordinal))
                .Select(file => (file.Key, (long)file.Value.Bytes.Length))];
        }
    }

    private void CheckParent(string path)
    {
        if (!_folders.Contains(Path.GetDirectoryName(path)!))
        {
            throw new DirectoryNotFoundException($"Could not find a part of the path '{path}'.");
        }
    }

    private void Do(DiskOperation operation)
    {
        lock (_lock)
        {
            _log.Add(operation);
        }
    }

    private sealed class OpenFile(SimulatedDisk disk, string path, SimulatedFile file) : IDiskFile
    {
        public bool IsClosed { get; private set; }

        public int Read(Span<byte> target, long offset)
        {
            lock (disk._lock)
            {
                disk.Trouble.Meet(DiskCall.Read, path);
                int length = (int)Math.Max(0, Math.Min(target.Length, file.Bytes.Length - offset));
                file.Bytes.AsSpan((int)Math.Min(offset, file.Bytes.Length), length).CopyTo(target);
                return length;
            }
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            lock (disk._lock)
            {
                try
                {
                    disk.Trouble.Meet(DiskCall.Write, path);
                }
                catch (IOException)
                {
                    Put(bytes[..(bytes.Length / 2)], offset);       // a full disk takes what still fits
                    throw;
                }

                Put(bytes, offset);
            }
        }

        public void Flush()
        {
            disk.Trouble.Meet(DiskCall.Flush, path);
            disk.Do(new DiskOperation.Flush(file.Number));
        }

        public void Dispose() => IsClosed = true;

        private void Put(ReadOnlySpan<byte> bytes, long offset)
        {
            file.Write(offset, bytes);
            disk._log.Add(new DiskOperation.Write(file.Number, offset, bytes.ToArray()));
        }
    }
}
