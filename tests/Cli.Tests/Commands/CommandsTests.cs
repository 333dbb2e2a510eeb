using System.Text.Json;

namespace JadaStore.Cli.Tests.Commands;

/// <summary>The commands on a real repository and real folders, from the words typed to the exit code.</summary>
public class CommandsTests
{
    [Fact]
    public async Task The_first_snapshot_makes_a_repository_and_says_so()
    {
        using TestShell shell = Site();

        Assert.Equal(0, await shell.RunAsync("snapshot", "./site"));

        Assert.StartsWith("v1.0  ", shell.Text, StringComparison.Ordinal);
        Assert.Contains("made a repository", shell.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(shell.Folder, ".jstore", "config")));
    }

    [Fact]
    public async Task A_repository_that_was_named_is_not_made_by_a_snapshot()
    {
        using TestShell shell = Site();

        Assert.Equal(10, await shell.RunAsync("snapshot", "./site", "-r", "elsewhere"));
        Assert.False(Directory.Exists(Path.Combine(shell.Folder, "elsewhere")));
    }

    [Fact]
    public async Task The_repository_inside_a_source_is_left_out_of_it()
    {
        using TestShell shell = Site();
        await shell.RunAsync("snapshot", ".=all");

        await shell.RunAsync("ls", "latest", "--recursive");

        Assert.DoesNotContain(".jstore", shell.Text, StringComparison.Ordinal);
        Assert.Contains("local/all/site/index.html", shell.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_prints_the_element_of_the_list_as_its_last_line()
    {
        using TestShell shell = Site();
        Assert.Equal(0, await shell.RunAsync("snapshot", "./site=sailjada.com", "-m", "text", "--tag", "a", "--tag", "b", "--json"));
        string made = shell.Text.TrimEnd().Split('\n')[^1];

        Assert.Equal(0, await shell.RunAsync("list", "--json"));

        JsonElement listed = Assert.Single(JsonDocument.Parse(shell.Text).RootElement.EnumerateArray());
        Assert.Equal(listed.GetRawText(), made);
        Assert.Equal(["a", "b"], listed.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!));
        Assert.Equal("local/sailjada.com", listed.GetProperty("sources")[0].GetProperty("root").GetString());
    }

    /// <summary>What stands in a message must not reach the terminal as a command.</summary>
    [Fact]
    public async Task Control_characters_in_messages_and_tags_are_shown_and_not_obeyed()
    {
        using TestShell shell = Site();
        await shell.RunAsync("snapshot", "./site", "-m", "red \u001b[31m\u0007\nline", "--tag", "a\u001b[2J\r");

        await shell.RunAsync("list");

        Assert.Contains(@"[a\x1B[2J ] red \x1B[31m\x07 line", shell.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shell.Text);
        Assert.DoesNotContain('\r', shell.Text);
    }

    [Fact]
    public async Task A_manifest_and_a_rebuilt_catalog_are_documents_too()
    {
        using TestShell shell = await TwoSnapshotsAsync();

        Assert.Equal(0, await shell.RunAsync("manifest", "v1.0"));
        string markdown = shell.Text;
        Assert.Equal(0, await shell.RunAsync("manifest", "v1.0", "--json"));
        JsonElement manifest = JsonDocument.Parse(shell.Text).RootElement;
        Assert.Equal(
            ("v1.0", markdown),
            (manifest.GetProperty("name").GetString(), manifest.GetProperty("markdown").GetString()));
        Assert.Equal(0, await shell.RunAsync("catalog", "rebuild", "--json"));
        Assert.Equal("""{"rebuilt":true,"snapshots":2}""", shell.Text.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task Names_count_up_and_can_be_given()
    {
        using TestShell shell = Site();
        await shell.RunAsync("snapshot", "./site", "-q");
        await shell.RunAsync("snapshot", "./site", "-q");
        await shell.RunAsync("snapshot", "./site", "-q", "--major");
        await shell.RunAsync("snapshot", "./site", "-q", "--name", "launch");

        await shell.RunAsync("list", "--json");

        Assert.Equal(
            ["v1.0", "v1.1", "v2.0", "launch"],
            JsonDocument.Parse(shell.Text).RootElement.EnumerateArray().Select(
                one => one.GetProperty("name").GetString()!));
    }

    [Fact]
    public async Task Excluded_files_are_not_there()
    {
        using TestShell shell = Site();
        shell.Write("rules", "*.json\n");

        await shell.RunAsync("snapshot", "./site", "--exclude", "sub/", "--exclude-file", "rules");

        await shell.RunAsync("ls", "latest", "site", "--recursive");
        Assert.Equal("local/site/\nlocal/site/index.html\n", shell.Text);
        await shell.RunAsync("manifest", "latest");
        Assert.Contains("`--exclude sub/`", shell.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_tells_each_change_by_letter_and_counts_them()
    {
        using TestShell shell = await TwoSnapshotsAsync();

        Assert.Equal(0, await shell.RunAsync("diff", "v1.0", "v1.1", "--name-status"));
        string[] lines = [.. shell.Text.Split('\n').Where(line => !line.StartsWith('U'))];
        Assert.Equal(["M\tlocal/site/index.html", "D\tlocal/site/sub/a.txt", "A\tlocal/site/sub/b.txt", "M\tlocal/site/x.json", ""], lines);

        Assert.Equal(0, await shell.RunAsync("diff"));
        Assert.Contains("1 added, 1 removed, 2 modified", shell.Text, StringComparison.Ordinal);
        Assert.Equal(1, await shell.RunAsync("diff", "v1.0", "v1.1", "--exit-code"));
        Assert.Equal(0, await shell.RunAsync("diff", "v1.0", "v1.0", "--exit-code"));
        Assert.Equal(1, await shell.RunAsync("diff", "v1.0", "v1.1", "--exit-code", "--path", "local/site/sub/a.txt", "--path", "site/x.json"));
    }

    [Fact]
    public async Task A_patch_shows_lines_and_members_of_json()
    {
        using TestShell shell = await TwoSnapshotsAsync();

        Assert.Equal(0, await shell.RunAsync("diff", "v1.0", "v1.1", "--patch"));

        Assert.Contains("@@ -1,2 +1,2 @@\n one\n-two\n+2\n", shell.Text, StringComparison.Ordinal);
        Assert.Contains("\n# a: 1 → 2\n", shell.Text, StringComparison.Ordinal);
        Assert.Contains("--- /dev/null\n+++ b/local/site/sub/b.txt\n", shell.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_brings_back_what_was_there_and_overwrites_only_when_told()
    {
        using TestShell shell = await TwoSnapshotsAsync();

        Assert.Equal(0, await shell.RunAsync("restore", "--snapshot", "v1.0", "--path", "site", "--to", "back"));
        Assert.Equal("one\ntwo\n", shell.Read("back/site/index.html"));
        Assert.Equal(0, await shell.RunAsync("restore", "--path", "site", "--to", "back"));
        Assert.Equal("one\ntwo\n", shell.Read("back/site/index.html"));
        Assert.Contains("--overwrite changed", shell.Error, StringComparison.Ordinal);
        Assert.Equal(0, await shell.RunAsync("restore", "--path", "site", "--to", "back", "--overwrite", "changed", "--delete", "--json"));

        Assert.Equal(["snapshot", "files", "bytes", "skipped", "errors"], Members(shell.Text));
        (int code, string difference, _) = await Tool.RunAsync(shell.Folder, "", "diff", "-r", "site", "back/site");
        Assert.Equal((0, ""), (code, difference));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_done_and_does_nothing()
    {
        using TestShell shell = await TwoSnapshotsAsync();

        Assert.Equal(
            0, await shell.RunAsync("restore", "--path", "local/site/index.html", "--to", "back", "--dry-run"));

        Assert.Contains("create          local/site/index.html\n", shell.Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(shell.Folder, "back")));
    }

    [Fact]
    public async Task Cat_prints_the_bytes_and_nothing_else()
    {
        using TestShell shell = await TwoSnapshotsAsync();

        Assert.Equal(0, await shell.RunAsync("cat", "v1.0", "site/index.html"));
        Assert.Equal("one\ntwo\n", shell.Text);
        Assert.Equal(0, await shell.RunAsync("cat", "latest~1", "local/site/x.json"));
        Assert.Equal("""{"a":1}""", shell.Text);
        Assert.Equal(1, await shell.RunAsync("cat", "v1.0", "site/sub"));
        Assert.Equal(1, await shell.RunAsync("cat", "v9.0", "site/x.json"));
    }

    [Fact]
    public async Task Ls_prints_what_b3sum_confirms()
    {
        using TestShell shell = await TwoSnapshotsAsync();
        Assert.Equal(0, await shell.RunAsync("ls", "latest", "site/index.html", "--json"));
        JsonElement entry = Assert.Single(JsonDocument.Parse(shell.Text).RootElement.EnumerateArray());

        (_, string judged, _) = await Tool.RunAsync(shell.Folder, "", "b3sum", "--no-names", "site/index.html");

        Assert.Equal(judged.Trim(), entry.GetProperty("digest").GetString());
        Assert.Equal(
            ["path", "kind", "size", "mtime", "mode", "digest", "attributes"],
            entry.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Log_and_find_tell_where_a_path_was()
    {
        using TestShell shell = await TwoSnapshotsAsync();

        Assert.Equal(0, await shell.RunAsync("log", "site/index.html", "--json"));
        Assert.Equal(["added", "modified"], JsonDocument.Parse(shell.Text).RootElement.EnumerateArray().Select(v => v.GetProperty("change").GetString()!));
        Assert.Equal(0, await shell.RunAsync("find", "*.txt"));
        Assert.Equal("v1.1  local/site/sub/b.txt\nv1.0  local/site/sub/a.txt\n", shell.Text);
        Assert.Equal(0, await shell.RunAsync("find", "*.txt", "--snapshot", "v1.0"));
        Assert.Equal("v1.0  local/site/sub/a.txt\n", shell.Text);
    }

    [Fact]
    public async Task Damage_is_found_named_and_ends_with_13()
    {
        using TestShell shell = await TwoSnapshotsAsync();
        Assert.Equal(0, await shell.RunAsync("verify", "--data"));
        foreach (string pack in Directory.EnumerateFiles(
            Path.Combine(shell.Folder, ".jstore", "packs"), "*", SearchOption.AllDirectories))
        {
            byte[] bytes = await File.ReadAllBytesAsync(pack);
            bytes[bytes.Length / 4] ^= 1;
            File.Delete(pack);
            await File.WriteAllBytesAsync(pack, bytes);
        }

        Assert.Equal(13, await shell.RunAsync("verify", "--data", "--json"));

        JsonElement report = JsonDocument.Parse(shell.Text).RootElement;
        Assert.False(report.GetProperty("ok").GetBoolean());
        Assert.Equal(
            ["ok", "chunks", "bytes", "damaged", "problems", "only_known_losses", "notes"], Members(shell.Text));
        Assert.NotEmpty(shell.Error);
    }

    [Fact]
    public async Task Passwords_open_close_change_and_go()
    {
        using TestShell shell = Site();
        Assert.Equal(2, await shell.RunAsync("init"));
        Assert.Equal(0, await shell.RunAsync("init", "--no-password"));
        Assert.Equal(1, await shell.RunAsync("init", "--no-password"));
        shell.Variables["JSTORE_NEW_PASSWORD"] = "first";
        Assert.Equal(0, await shell.RunAsync("key", "add", "--label", "laptop"));
        Assert.Equal(12, await shell.RunAsync("list"));
        shell.Variables["JSTORE_PASSWORD"] = "wrong";
        Assert.Equal(12, await shell.RunAsync("list"));
        shell.Variables["JSTORE_PASSWORD"] = "first";
        shell.Variables["JSTORE_NEW_PASSWORD"] = "second";
        Assert.Equal(0, await shell.RunAsync("key", "change"));
        Assert.Equal(12, await shell.RunAsync("list"));
        shell.Variables["JSTORE_PASSWORD"] = "second";
        Assert.Equal(0, await shell.RunAsync("key", "list", "--json"));

        JsonElement key = Assert.Single(JsonDocument.Parse(shell.Text).RootElement.EnumerateArray());
        Assert.True(key.GetProperty("has_password").GetBoolean());
        Assert.NotEqual(0, await shell.RunAsync("key", "remove", key.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task Snapshot_names_complete()
    {
        using TestShell shell = await TwoSnapshotsAsync();

        await shell.RunAsync("[suggest:12]", "jstore ls v1");

        Assert.Equal("v1.0\nv1.1\n", shell.Text);
    }

    [Theory]
    [InlineData("tar", "tar", "tf", "-")]
    [InlineData(
        "zip", "python3", "-c",
        "import sys, io, zipfile; print('\\n'.join(zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())).namelist()))")]
    public async Task An_export_holds_every_path(string format, string judge, params string[] arguments)
    {
        using TestShell shell = await TwoSnapshotsAsync();
        Assert.Equal(0, await shell.RunAsync("export", "v1.0", "site", "--format", format));
        await File.WriteAllBytesAsync(Path.Combine(shell.Folder, "archive"), shell.Bytes);

        string words =
            string.Join(' ', arguments.Select(word => $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal)}\""));
        (int code, string names, string error) =
            await Tool.RunAsync(shell.Folder, "", "sh", "-c", $"{judge} {words} < archive");

        Assert.True(code == 0, error);
        string[] expected =
            ["local/site/", "local/site/index.html", "local/site/sub/", "local/site/sub/a.txt", "local/site/x.json"];
        Assert.Equal(expected, names.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task The_catalog_can_be_lost_and_made_anew()
    {
        using TestShell shell = await TwoSnapshotsAsync();
        await shell.RunAsync("list", "--json");
        string before = shell.Text;
        File.Delete(Path.Combine(shell.Folder, ".jstore", "catalog.db"));

        Assert.Equal(0, await shell.RunAsync("diff", "--exit-code", "v1.0", "v1.0"));
        Assert.Equal(0, await shell.RunAsync("catalog", "rebuild"));
        Assert.Equal(0, await shell.RunAsync("list", "--json"));
        Assert.Equal(before, shell.Text);
        Assert.Equal(0, await shell.RunAsync("stats", "--json"));
    }

    private static TestShell Site()
    {
        var shell = new TestShell();
        shell.Write("site/index.html", "one\ntwo\n");
        shell.Write("site/x.json", """{"a":1}""");
        shell.Write("site/sub/a.txt", "a\n");
        return shell;
    }

    private static async Task<TestShell> TwoSnapshotsAsync()
    {
        TestShell shell = Site();
        Assert.Equal(0, await shell.RunAsync("snapshot", "./site"));
        shell.Write("site/index.html", "one\n2\n");
        shell.Write("site/x.json", """{"a":2}""");
        File.Delete(Path.Combine(shell.Folder, "site/sub/a.txt"));
        shell.Write("site/sub/b.txt", "b\n");
        Assert.Equal(0, await shell.RunAsync("snapshot", "./site"));
        return shell;
    }

    private static IEnumerable<string> Members(string json) =>
        JsonDocument.Parse(json).RootElement.EnumerateObject().Select(member => member.Name);
}
