using System.Globalization;
using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Tests.Trees;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>Snapshots of given maps, their pages in memory, and what reads them.</summary>
internal sealed class MemorySnapshots
{
    public MemorySnapshots()
    {
        var trees = new TreeReader(Chunks);
        Resolver = new PathResolver(trees);
        Listing = new Listing(trees, Resolver);
        Diff = new SnapshotDiff(new TreeDiff(Chunks), trees, Resolver);
        History = new History(trees, Resolver);
    }

    public MemoryChunks Chunks { get; } = new();

    public PathResolver Resolver { get; }

    public Listing Listing { get; }

    public SnapshotDiff Diff { get; }

    public History History { get; }

    /// <summary>All that were taken, oldest first; named v0, v1, …</summary>
    public List<Snapshot> All { get; } = [];

    /// <summary>
    /// A snapshot whose sources have these paths; one that ends in <c>/</c>, or is empty, is a folder.
    /// </summary>
    public Snapshot Take(params (string Root, string[] Paths)[] sources) =>
        Take([.. sources.Select(source => (source.Root, source.Paths.Select(path => Of(path))))]);

    public Snapshot Take(params (string Root, IEnumerable<Entry> Entries)[] sources)
    {
        string number = All.Count.ToString(CultureInfo.InvariantCulture);
        var snapshot = new Snapshot
        {
            Id = new SnapshotId(Maps.SomeDigest(All.Count)),
            Record = new SnapshotRecord
            {
                Nonce = number,
                Name = "v" + number,
                Time = DateTimeOffset.UnixEpoch.AddDays(All.Count),
                Sources = [.. sources.OrderBy(source => source.Root, StringComparer.Ordinal).Select(Build)],
            },
        };
        All.Add(snapshot);
        return snapshot;
    }

    public static Entry Of(string path, int version = 1) => Of(new EntryPath(path), version);

    public static Entry Of(EntryPath path, int version = 1) => path.IsFolder
        ? new Entry { Path = path, Kind = EntryKind.Folder, Mode = 0x1ED, ModifiedTime = new FileTime(version, 0) }
        : Maps.File(path, version);

    /// <summary>A folder that could not be listed.</summary>
    public static Entry Unlisted(string path, string problem = "permission denied") =>
        new() { Path = new EntryPath(path), Kind = EntryKind.Folder, Problem = problem };

    private SnapshotSource Build((string Root, IEnumerable<Entry> Entries) source)
    {
        List<Entry> entries = [.. source.Entries.OrderBy(entry => entry.Path)];
        TreeSummary tree = Maps.Build(Chunks, entries);
        int errors = entries.Count(entry => entry.Problem is not null);
        return new SnapshotSource
        {
            Root = source.Root,
            Tree = tree.Root?.ToString(),
            Entries = tree.Entries,
            Bytes = tree.Bytes,
            Complete = errors == 0,
            ErrorCount = errors,
        };
    }
}
