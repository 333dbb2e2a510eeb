using JadaStore.Store.Model;

namespace JadaStore.Store.Tests;

public class ManifestTests
{
    [Fact]
    public void The_same_snapshot_gives_the_same_text() => Assert.Equal(Manifest.Of(Sample()), Manifest.Of(Sample()));

    [Fact]
    public void It_names_all_that_is_needed_to_trust_and_restore_the_snapshot()
    {
        string text = Manifest.Of(Sample());

        string[] needed =
        [
            "# Snapshot v1.0", "`0000", "2026-03-01T14:05:09Z", "412 ms", "| Host | host |",
            "**partial**", "| `local/a\\|b` | 3 | 1234 | no (2 errors) | `abcd` |",
            "- `local/a\\|b/secret`: permission denied",
            "and 1 more", "by `--exclude *.tmp`", "jstore verify --data",
            "jstore restore --snapshot v1.0 --path 'local/a|b'",
        ];
        Assert.All(needed, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    /// <summary>A message is the user's; it must not add rows, headings or lines of its own.</summary>
    [Fact]
    public void Text_from_outside_stays_in_its_cell()
    {
        Snapshot snapshot = Sample();
        Snapshot hostile = snapshot with { Record = snapshot.Record with { Message = "x |\n# heading | `code`" } };

        string row = Assert.Single(
            Manifest.Of(hostile).Split('\n'), line => line.StartsWith("| Message", StringComparison.Ordinal));
        Assert.Equal("| Message | x \\| \\# heading \\| \\`code\\` |", row);
    }

    private static Snapshot Sample() => new()
    {
        Id = new SnapshotId(new Digest(new byte[32])),
        Record = new SnapshotRecord
        {
            Nonce = "00",
            Name = "v1.0",
            Time = new DateTimeOffset(2026, 3, 1, 15, 5, 9, TimeSpan.FromHours(1)),
            DurationMs = 412,
            Host = "host",
            Sources =
            [
                new SnapshotSource
                {
                    Root = "local/a|b",
                    Tree = "abcd",
                    Entries = 3,
                    Bytes = 1234,
                    Complete = false,
                    ErrorCount = 2,
                    Errors = [new SourceError("secret", "permission denied")],
                    Excluded = ["--exclude *.tmp"],
                },
            ],
        },
    };
}
