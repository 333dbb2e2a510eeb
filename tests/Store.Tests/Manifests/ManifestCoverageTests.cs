using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Manifests;

/// <summary>What the manifest says of an account.</summary>
public sealed class ManifestCoverageTests
{
    [Fact]
    public void Each_kind_of_each_service_is_counted_over_its_regions()
    {
        string text = Manifest.Of(Account());

        string[] expected =
        [
            "| Account | 123456789012 |",
            "| Regions | eu-central-1, eu-west-1, us-east-1, us-west-2 |",
            "| `lambda` | functions | 21 | us-east-1 (20), us-west-2 (1) |",
            "| `lambda` | layers | 0 |  |",
            "| `route53` | zones | 16 |  |",
        ];
        Assert.All(expected, line => Assert.Contains(line + "\n", text, StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_not_captured_is_told_with_its_reason_once_for_all_its_regions()
    {
        string text = Manifest.Of(Account());

        string[] expected =
        [
            "- `lambda` functions: denied in eu-central-1, eu-west-1: not allowed \\*",
            "- `lambda`: unsupported in ap-east-1: no such endpoint",
            "- `route53` health-checks: failed: no answer",
            "### Never exported\n\n- `lambda` secrets in code: nobody looks\n",
        ];
        Assert.All(expected, line => Assert.Contains(line, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_ledger_there_is_no_word_of_it()
    {
        Snapshot account = Account();
        SnapshotRecord record = account.Record with
        {
            Sources = [.. account.Record.Sources.Select(source => source with { Coverage = [], Account = null })],
        };

        string text = Manifest.Of(account with { Record = record });

        Assert.DoesNotContain("Coverage", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Regions", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Account", text, StringComparison.Ordinal);
    }

    /// <summary>A record may come from anyone: nothing in it may end the block of commands.</summary>
    [Fact]
    public void Names_and_roots_stay_within_their_line()
    {
        Snapshot account = Account();
        SnapshotRecord record = account.Record with
        {
            Name = "v1\n```\nrm -rf /", Sources = [account.Record.Sources[0] with { Root = "x\n```\n# y" }],
        };

        string text = Manifest.Of(account with { Record = record });

        string[] lines = text.Split('\n');
        Assert.Equal(2, lines.Count(line => line.StartsWith("```", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.StartsWith("rm", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("# y", StringComparison.Ordinal));
    }

    private static Snapshot Account() => new()
    {
        Id = new SnapshotId(new Digest(new byte[32])),
        Record = new SnapshotRecord
        {
            Nonce = "00",
            Name = "v1.0",
            Time = new DateTimeOffset(2026, 3, 1, 14, 5, 9, TimeSpan.Zero),
            Sources =
            [
                new SnapshotSource
                {
                    Root = "lambda",
                    Account = "123456789012",
                    Coverage =
                    [
                        new CoverageLine("ap-east-1", CoverageState.Unsupported, 0, "no such endpoint"),
                        new CoverageLine("eu-central-1/functions", CoverageState.Denied, 0, "not allowed *"),
                        new CoverageLine("eu-west-1/functions", CoverageState.Denied, 0, "not allowed *"),
                        new CoverageLine("secrets in code", CoverageState.NotExported, 0, "nobody looks"),
                        new CoverageLine("us-east-1/functions", CoverageState.Captured, 20),
                        new CoverageLine("us-east-1/layers", CoverageState.Captured, 0),
                        new CoverageLine("us-west-2/functions", CoverageState.Partial, 1),
                        new CoverageLine("us-west-2/layers", CoverageState.Captured, 0),
                    ],
                },
                new SnapshotSource
                {
                    Root = "route53",
                    Account = "123456789012",
                    Coverage =
                    [
                        new CoverageLine("health-checks", CoverageState.Failed, 0, "no answer"),
                        new CoverageLine("zones", CoverageState.Captured, 16),
                    ],
                },
            ],
        },
    };
}
