using JadaStore.Store.Model;

namespace JadaStore.Cli.Tests;

/// <summary>Snapshots and entries to print.</summary>
internal static class Sample
{
    public static readonly Digest Digest = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    public static Snapshot Snapshot(string name = "v1.0", bool complete = true) => new()
    {
        Id = new SnapshotId(Digest),
        Record = new SnapshotRecord
        {
            Nonce = "00",
            Name = name,
            Time = new DateTimeOffset(2026, 3, 1, 14, 5, 9, TimeSpan.Zero),
            DurationMs = 412,
            Message = "before | launch",
            Tags = ["release"],
            Host = "host",
            Program = "jstore 0.1.0",
            AddedBytes = 7,
            StoredBytes = 5,
            Sources =
            [
                new SnapshotSource
                {
                    Root = "local/site",
                    Tree = Digest.ToString(),
                    Entries = 3,
                    Bytes = 1234,
                    Complete = complete,
                    ErrorCount = complete ? 0 : 1,
                    Errors = complete ? [] : [new SourceError("secret", "permission denied")],
                    Excluded = ["--exclude *.tmp"],
                },
            ],
        },
    };

    public static Entry File(string path, long size = 11, uint mode = 0b110_100_100) => new()
    {
        Path = new EntryPath(path),
        Kind = EntryKind.File,
        Size = size,
        Mode = mode,
        ModifiedTime = new FileTime(1_772_373_909, 120_000_000),
        Digest = Digest,
        Owner = new Owner(1000, 100),
    };

    public static Found Found(Entry entry, string root = "local/site/") =>
        new(Snapshot(), new EntryPath(root).Append(entry.Path.Span), entry);
}
