using JadaStore.Store.Backends;

namespace JadaStore.Store.Tests.Repair;

/// <summary>This machine's disk, that cannot read some bytes of some files; quick, as it flushes nothing.</summary>
internal sealed class FailingDisk : IDisk
{
    // errno, as .NET keeps it in HResult on Unix.
    public const int DeviceError = 5, NoPermission = 13, StaleHandle = 116;

    private readonly SystemDisk _disk = new();
    private readonly Lock _lock = new();
    private readonly List<(string End, long From, long To)> _bad = [];

    /// <summary>What a reading that fails says.</summary>
    public int Error { get; set; } = DeviceError;

    /// <summary>Told of each reading; may change what is bad from then on.</summary>
    public Action<string, long> OnRead { get; set; } = (_, _) => { };

    /// <summary>How often a reading failed.</summary>
    public int Failures { get; private set; }

    /// <summary>From now on no reading succeeds that touches these bytes of the files whose paths end so.</summary>
    public void Spoil(string end, long from = 0, long to = long.MaxValue)
    {
        lock (_lock)
        {
            _bad.Add((end, from, to));
        }
    }

    /// <summary>From the n-th reading at one place on all can be read.</summary>
    /// <returns>How often it was read there by now.</returns>
    public Func<int> HealAt(string path, long offset, int reading)
    {
        int readings = 0;
        OnRead = (read, at) =>
        {
            if (read == path && at == offset && ++readings == reading)
            {
                Heal();
            }
        };
        return () => readings;
    }

    /// <summary>From now on all can be read.</summary>
    public void Heal()
    {
        lock (_lock)
        {
            _bad.Clear();
        }
    }

    public IDiskFile Create(string path) => new File(this, path, _disk.Create(path));

    public IDiskFile Open(string path) => new File(this, path, _disk.Open(path));

    public bool TryMove(string source, string target) => _disk.TryMove(source, target);

    public void Replace(string source, string target)
    {
        // The new file lies in other sectors.
        lock (_lock)
        {
            _bad.RemoveAll(bad => bad.End.Length > 0 && target.EndsWith(bad.End, StringComparison.Ordinal));
        }

        _disk.Replace(source, target);
    }

    public void Delete(string path) => _disk.Delete(path);

    public bool TryDeleteAbandoned(string path) => _disk.TryDeleteAbandoned(path);

    public void MakeFolder(string path) => _disk.MakeFolder(path);

    public bool FolderExists(string path) => _disk.FolderExists(path);

    public void FlushFolder(string path)
    {
    }

    public long? LengthOf(string path) => _disk.LengthOf(path);

    public DateTimeOffset WrittenAt(string path) => _disk.WrittenAt(path);

    public IReadOnlyList<string> NamesIn(string folder) => _disk.NamesIn(folder);

    public IReadOnlyList<(string Path, long Length)> FilesBelow(string folder, int depth) =>
        _disk.FilesBelow(folder, depth);

    private void Meet(string path, long offset, int length)
    {
        OnRead(path, offset);
        lock (_lock)
        {
            if (_bad.Exists(bad => path.EndsWith(bad.End, StringComparison.Ordinal) && offset < bad.To && offset + length > bad.From))
            {
                Failures++;
                throw new IOException($"Input/output error : '{path}'", Error);
            }
        }
    }

    private sealed class File(FailingDisk disk, string path, IDiskFile inner) : IDiskFile
    {
        public bool IsClosed => inner.IsClosed;

        public int Read(Span<byte> target, long offset)
        {
            disk.Meet(path, offset, target.Length);
            return inner.Read(target, offset);
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset) => inner.Write(bytes, offset);

        public void Flush()
        {
        }

        public void Dispose() => inner.Dispose();
    }
}
