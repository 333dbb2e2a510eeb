namespace JadaStore.Cli.Tests.Patches;

/// <summary>
/// The patch of a whole snapshot, with git as the judge: what is no text must not hide the files behind it.
/// </summary>
public class WholePatchTests
{
    [Fact]
    public async Task Git_applies_a_patch_with_documents_and_modes_among_the_changes()
    {
        using TestShell shell = Older();
        await shell.RunAsync("snapshot", "./site");
        await ChangeAsync(shell);
        await shell.RunAsync("snapshot", "./site");
        Assert.Equal(0, await shell.RunAsync("diff", "--patch"));
        string patch = shell.Text;
        Assert.Contains("old mode 100644\nnew mode 100755\ndiff --git", patch, StringComparison.Ordinal);
        Assert.Contains("# a\\x1B.b: 1 → 2\n", patch, StringComparison.Ordinal);

        await CheckAsync(shell, patch);
    }

    [Fact]
    public async Task Git_applies_the_rest_of_a_patch_that_names_binary_and_large_files()
    {
        using TestShell shell = Older();
        shell.Write("site/b.bin", "a\0b");
        shell.Write("site/gone.bin", "\0");
        shell.Write("site/huge.txt", new string('x', 9_000_000));
        await shell.RunAsync("snapshot", "./site");
        await ChangeAsync(shell);
        shell.Write("site/b.bin", "a\0c");
        File.Delete(Path.Combine(shell.Folder, "site/gone.bin"));
        shell.Write("site/huge.txt", new string('y', 9_000_001));
        shell.Write("site/new.bin", "\0");
        await shell.RunAsync("snapshot", "./site");
        Assert.Equal(0, await shell.RunAsync("diff", "--patch"));
        string patch = shell.Text;
        Assert.Matches(
            "(?m)^diff --git a/local/site/b.bin b/local/site/b.bin\nindex [0-9a-f]{10}\\.\\.[0-9a-f]{10} 100644\n"
            + "Binary files a/local/site/b.bin and b/local/site/b.bin differ\ndiff --git", patch);
        Assert.Matches("new file mode 100644\nindex 0000000000\\.\\.[0-9a-f]{10}\nBinary files /dev/null and b/local/site/new.bin differ", patch);

        (int code, string stat, string error) =
            await Tool.RunAsync(shell.Folder, patch, "git", "apply", "--numstat", "-");
        Assert.True(code == 0, error);
        Assert.Contains("-\t-\tlocal/site/b.bin\n", stat, StringComparison.Ordinal);
        Assert.Contains("-\t-\tlocal/site/huge.txt\n", stat, StringComparison.Ordinal);
        Assert.Contains("1\t1\tlocal/site/z.txt\n", stat, StringComparison.Ordinal);
        await CheckAsync(shell, patch, "--exclude=*.bin", "--exclude=*huge.txt");
    }

    [Fact]
    public async Task A_large_file_with_another_mode_alone_is_not_said_to_differ()
    {
        using var shell = new TestShell();
        shell.Write("site/huge", new string('x', 9_000_000));
        await shell.RunAsync("snapshot", "./site");
        await Tool.RunAsync(shell.Folder, "", "chmod", "755", "site/huge");
        await shell.RunAsync("snapshot", "./site");

        await shell.RunAsync("diff", "--patch");

        Assert.Equal("diff --git a/local/site/huge b/local/site/huge\nold mode 100644\nnew mode 100755\n", shell.Text);
    }

    private static TestShell Older()
    {
        var shell = new TestShell();
        shell.Write("site/a.txt", "one\ntwo\n");
        shell.Write("site/d.json", """{"a\u001b":{"b":1}}""");
        shell.Write("site/e.json", "{\n \"a\": 1,\n \"b\": 2\n}\n");
        shell.Write("site/run", "x\n");
        shell.Write("site/z.txt", "last\n");
        return shell;
    }

    private static async Task ChangeAsync(TestShell shell)
    {
        shell.Write("site/a.txt", "one\n2\n");
        shell.Write("site/d.json", """{"a\u001b":{"b":2}}""");
        shell.Write("site/e.json", "{\n \"b\": 2,\n \"a\": 1\n}\n");
        await Tool.RunAsync(shell.Folder, "", "chmod", "755", "site/run");
        shell.Write("site/z.txt", "the last\n");
    }

    /// <summary>The older snapshot, restored and patched, must be the newer one.</summary>
    private static async Task CheckAsync(TestShell shell, string patch, params string[] excluded)
    {
        Assert.Equal(0, await shell.RunAsync("restore", "--snapshot", "v1.0", "--to", "back"));
        string back = Path.Combine(shell.Folder, "back");
        (int code, _, string error) =
            await Tool.RunAsync(back, patch, "git", ["apply", "--whitespace=nowarn", .. excluded, "-"]);
        Assert.True(code == 0, error + patch);
        foreach (string name in (string[])["a.txt", "d.json", "e.json", "run", "z.txt"])
        {
            Assert.Equal(shell.Read($"site/{name}"), shell.Read($"back/local/site/{name}"));
        }

        Assert.Equal(0, (await Tool.RunAsync(back, "", "test", "-x", "local/site/run")).Code);
    }
}
