namespace JadaStore.Cli.Tests.Commands;

/// <summary>Names, messages and tags may be anybody's; a terminal obeys whatever is an escape sequence.</summary>
public class TerminalTests
{
    private const string Evil = "x\u001b[2J\u009b31m\u0007y";

    [Fact]
    public async Task No_command_prints_a_control_character_that_somebody_else_chose()
    {
        using var shell = new TestShell { IsTerminal = true, Variables = { ["NO_COLOR"] = "1" } };
        string site = Path.Combine(shell.Folder, "site"), other = Path.Combine(shell.Folder, "other" + Evil);
        Directory.CreateDirectory(Path.Combine(site, "sub" + Evil));
        Directory.CreateDirectory(other);
        await File.WriteAllTextAsync(Path.Combine(other, "a"), "a");
        await File.WriteAllTextAsync(Path.Combine(site, Evil), "one\n");
        await File.WriteAllTextAsync(Path.Combine(site, "sub" + Evil, "new\nline\r"), "two");
        File.CreateSymbolicLink(Path.Combine(site, "link"), Evil);
        string[] sources = ["./site=r" + Evil, other];

        await CheckAsync(shell, 0, "init", "--no-password");
        await CheckAsync(
            shell, 0,
            ["snapshot", .. sources, "-m", Evil + "\nsecond line", "--tag", Evil, "--exclude", Evil + "*.tmp"]);
        await File.WriteAllTextAsync(Path.Combine(site, Evil), "one more\n");
        File.Delete(Path.Combine(site, "link"));
        await CheckAsync(shell, 0, ["snapshot", .. sources, "-m", Evil]);
        string file = $"local/r{Evil}/{Evil}";
        string[][] commands =
        [
            ["list"], ["stats"], ["ls", "latest"], ["ls", "latest", "--recursive", "-l"],
            ["ls", "latest~1", "-l", "local/r" + Evil],
            ["find", "*x*"], ["log", file], ["diff", "latest~1", "latest"], ["diff", "latest~1", "latest", "--stat"],
            ["diff", "latest~1", "latest", "--name-status"], ["diff", "latest~1", "latest", "--patch"],
            ["manifest", "latest~1"],
            ["verify"], ["verify", "--data"], ["sources", .. sources], ["key", "list"],
            ["restore", "--path", file, "--to", "back" + Evil, "--dry-run"],
            ["restore", "--path", file, "--to", "back" + Evil],
            ["restore", "--path", file, "--to", "back" + Evil],
            ["restore", "--snapshot", "latest~1", "--to", "all", "--overwrite", "always"],
        ];
        foreach (string[] command in commands)
        {
            await CheckAsync(shell, command is ["sources", ..] ? null : 0, command);
        }

        foreach (string[] command in (string[][])[["cat", "latest", "nothing" + Evil], ["ls", Evil], ["restore", "--path", Evil, "--to", "x"], [Evil], ["list", "--" + Evil], ["log", Evil], ["snapshot", "./" + Evil], ["-r", Evil, "list"]])
        {
            await CheckAsync(shell, null, command);
            Assert.NotEmpty(shell.Error);
        }
    }

    private static async Task CheckAsync(TestShell shell, int? expected, params string[] words)
    {
        int code = await shell.RunAsync(words);
        string all = shell.Text + shell.Error;
        Assert.True(expected is null || code == expected, $"{string.Join(' ', words)}: {code}: {all}");
        Assert.False(
            all.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\t')),
            $"{string.Join(' ', words)}: {all}");
    }
}
