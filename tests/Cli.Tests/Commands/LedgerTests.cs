using System.Text.Json;
using JadaStore.Cli.Output;
using JadaStore.Cli.Tests.Estate;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Tests.Commands;

/// <summary>Where a person and a program read what a snapshot lacks.</summary>
public class LedgerTests
{
    private static readonly CoverageLine[] Ledger =
    [
        new("ap-east-1", CoverageState.Unsupported, 0, "no endpoint"),
        new("eu-west-1/functions", CoverageState.Denied, 0, "not\nallowed"),
        new("eu-west-1/layers", CoverageState.Denied, 0, "not allowed"),
        new("secrets", CoverageState.NotExported, 0, "never"),
        new("us-east-1/code-signing", CoverageState.Unsupported, 0, "501"),
        new("us-east-1/functions", CoverageState.Captured, 2),
    ];

    [Fact]
    public async Task The_list_says_it_in_a_word_and_the_json_line_by_line()
    {
        using EstateShell shell = await EstateShell.TakeAsync([Lambda()]);

        await shell.RunAsync("list");
        Assert.Contains("  complete: 2 denied  lambda", shell.Text, StringComparison.Ordinal);
        await shell.RunAsync("list", "--json");

        JsonElement source = JsonDocument.Parse(shell.Text).RootElement[0].GetProperty("sources")[0];
        JsonElement coverage = source.GetProperty("coverage");
        Assert.Equal(6, coverage.GetArrayLength());
        Assert.Equal(
            """{"area":"ap-east-1","state":"unsupported","count":0,"reason":"no endpoint"}""",
            coverage[0].GetRawText());
        Assert.Equal(
            """{"area":"secrets","state":"not_exported","count":0,"reason":"never"}""", coverage[3].GetRawText());
        await shell.RunAsync("manifest", "latest");
        Assert.Contains("- `lambda` secrets: never\n", shell.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_snapshot_only_what_is_no_matter_of_course_is_told() =>
        Assert.Equal(
            [
                "lambda: denied: eu-west-1/functions, eu-west-1/layers: not allowed",
                "lambda: unsupported: us-east-1/code-signing: 501",
            ],
            CoverageText.Gaps(new SnapshotSource { Root = "lambda", Coverage = Ledger }));

    [Fact]
    public async Task A_whole_restore_brings_the_manifest_along()
    {
        using EstateShell shell = await EstateShell.TakeAsync([Lambda()], [Lambda()]);
        await shell.RunAsync("manifest", "v1.0");
        string manifest = shell.Text;

        Assert.Equal(0, await shell.RunAsync("restore", "--snapshot", "v1.0", "--to", "back"));
        Assert.Equal(manifest, Read(shell, "back"));
        Assert.True(File.Exists(Path.Combine(shell.Folder, "back", "lambda", "us-east-1", "f", "configuration.json")));
        Assert.Equal(0, await shell.RunAsync("restore", "--snapshot", "v1.0", "--to", "back"));
        Assert.DoesNotContain("left as", shell.Error, StringComparison.Ordinal);

        Assert.Equal(0, await shell.RunAsync("restore", "--path", "lambda", "--to", "part"));
        Assert.False(File.Exists(Path.Combine(shell.Folder, "part", Manifest.FileName)));
    }

    [Fact]
    public async Task A_manifest_that_stands_there_is_only_replaced_when_told()
    {
        using EstateShell shell = await EstateShell.TakeAsync([Lambda()]);
        Directory.CreateDirectory(Path.Combine(shell.Folder, "back"));
        await File.WriteAllTextAsync(Path.Combine(shell.Folder, "back", Manifest.FileName), "mine");

        Assert.Equal(0, await shell.RunAsync("restore", "--to", "back"));
        Assert.Equal("mine", Read(shell, "back"));
        Assert.Contains("1 entry left as they are", shell.Error, StringComparison.Ordinal);
        Assert.Equal(0, await shell.RunAsync("restore", "--to", "back", "--overwrite", "changed", "--dry-run"));
        Assert.Contains($"overwrite       {Manifest.FileName}\n", shell.Text, StringComparison.Ordinal);
        Assert.Equal("mine", Read(shell, "back"));
        Assert.Equal(0, await shell.RunAsync("restore", "--to", "back", "--overwrite", "changed"));
        Assert.StartsWith("# Snapshot v1.0", Read(shell, "back"), StringComparison.Ordinal);
    }

    /// <summary>A link out of the target is replaced, never written through.</summary>
    [Fact]
    public async Task A_link_in_the_manifests_place_is_not_followed()
    {
        using EstateShell shell = await EstateShell.TakeAsync([Lambda()]);
        string outside = Path.Combine(shell.Folder, "outside");
        await File.WriteAllTextAsync(outside, "mine");
        Directory.CreateDirectory(Path.Combine(shell.Folder, "back"));
        File.CreateSymbolicLink(Path.Combine(shell.Folder, "back", Manifest.FileName), outside);

        Assert.Equal(0, await shell.RunAsync("restore", "--to", "back", "--overwrite", "always"));

        Assert.Equal("mine", await File.ReadAllTextAsync(outside));
        Assert.StartsWith("# Snapshot v1.0", Read(shell, "back"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_of_that_name_goes_first()
    {
        var source = new EstateSource("Manifest.md/lambda", ("a.json", "{}"));
        using EstateShell shell = await EstateShell.TakeAsync([source]);

        Assert.Equal(0, await shell.RunAsync("restore", "--to", "back"));

        Assert.Equal(["Manifest.md"], new DirectoryInfo(Path.Combine(shell.Folder, "back")).GetFileSystemInfos()
            .Select(one => one.Name));
    }

    private static EstateSource Lambda() =>
        new("lambda", ("us-east-1/f/configuration.json", "{}")) { Coverage = Ledger };

    private static string Read(EstateShell shell, string folder) =>
        File.ReadAllText(Path.Combine(shell.Folder, folder, Manifest.FileName));
}
