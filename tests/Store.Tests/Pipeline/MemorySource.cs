using System.Runtime.CompilerServices;
using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>A source whose files are in memory, and which counts what is asked of it.</summary>
internal sealed class MemorySource(string root) : ICollector
{
    private readonly SortedDictionary<EntryPath, MemoryFile> _files = [];
    private int _opened;

    public string Root => root;

    public IReadOnlyList<string> Excluded { get; init; } = [];

    public IReadOnlyList<CoverageLine> Coverage { get; init; } = [];

    public int ReadsAtOnce { get; init; }

    /// <summary>Awaited before a file is opened, with its path.</summary>
    public Func<EntryPath, Task> OnOpening { get; init; } = _ => Task.CompletedTask;

    public int Opened => _opened;

    public MemoryFile this[string path]
    {
        get => _files[new EntryPath(path)];
        set => _files[new EntryPath(path)] = value;
    }

    public MemoryFile this[EntryPath path]
    {
        get => _files[path];
        set => _files[path] = value;
    }

    public IEnumerable<EntryPath> Paths => _files.Keys;

    public void Remove(string path) => Remove(new EntryPath(path));

    public void Remove(EntryPath path) => _files.Remove(path);

    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach ((EntryPath path, MemoryFile file) in _files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Fault is { } fault)
            {
                yield return new SourceFault { Path = path, Kind = file.Kind, Message = fault };
            }
            else
            {
                yield return new Listed(this, file)
                {
                    Path = path,
                    Kind = file.Kind,
                    Size = file.Kind == EntryKind.File ? file.Length : 0,
                    ModifiedTime = file.ModifiedTime,
                    Fingerprint = file.Fingerprint,
                    HasLinks = file.HasLinks,
                    HardLink = file.HardLink,
                };
            }
        }
    }

    private sealed class Listed(MemorySource source, MemoryFile file) : SourceEntry
    {
        public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) => new(Describe());

        public override async ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref source._opened);
            await source.OnOpening(Path);
            return file.ReadFault is { } message ? throw new IOException(message) : new Reader(this, file);
        }

        public Entry Describe() => new()
        {
            Path = Path,
            Kind = Kind,
            Size = Size,
            ModifiedTime = ModifiedTime,
            Mode = file.Mode,
            LinkTarget = file.LinkTarget,
            HardLink = HardLink,
            Attributes = file.Attributes,
            Fingerprint = Fingerprint,
        };
    }

    private sealed class Reader(Listed item, MemoryFile file) : ContentReader
    {
        private long _at;

        public override ValueTask<ContentRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            if (file.HoleAfter is { } edge && _at == edge && file.HoleLength > 0)
            {
                _at += file.HoleLength;
                return new(new ContentRead(0, file.HoleLength));
            }

            long dataAt = _at > file.HoleAfter ? _at - file.HoleLength : _at;
            long end = file.HoleAfter is { } hole && _at <= hole ? hole : file.Bytes.Length;
            int count = (int)Math.Min(Math.Min(buffer.Length, file.ReadSize), end - dataAt);
            file.Bytes.AsMemory((int)dataAt, count).CopyTo(buffer);
            _at += count;
            return new(new ContentRead(count, 0));
        }

        public override ValueTask<ContentEnd> FinishAsync(CancellationToken cancellationToken) =>
            new(new ContentEnd(item.Describe(), file.ChangesWhileRead-- > 0));

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
