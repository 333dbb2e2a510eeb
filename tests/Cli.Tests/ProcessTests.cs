namespace JadaStore.Cli.Tests;

/// <summary>What only a real process shows.</summary>
public class ProcessTests
{
    [Fact]
    public async Task Usage_errors_end_the_process_with_2()
    {
        (int code, string output, string error) = await Tool.JstoreAsync(Path.GetTempPath(), "ls", "--bogus");

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("jstore: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_leaves_ends_it_quietly()
    {
        string dll = Path.Combine(AppContext.BaseDirectory, "jstore.dll");

        (int code, string output, string error) = await Tool.RunAsync(
            Path.GetTempPath(), "", "bash", "-c", $"set -o pipefail; dotnet '{dll}' --help | true");

        Assert.Equal((0, "", ""), (code, output, error));
    }

    /// <summary>A stream that keeps a position of its own would write the second over the first.</summary>
    [Fact]
    public async Task Two_processes_write_one_file_one_behind_the_other()
    {
        string dll = Path.Combine(AppContext.BaseDirectory, "jstore.dll");
        string file = Path.GetTempFileName();

        await Tool.RunAsync(
            Path.GetTempPath(), "", "bash", "-c", $"{{ dotnet '{dll}' version; dotnet '{dll}' version; }} > '{file}'");

        string[] lines = await File.ReadAllLinesAsync(file);
        Assert.Equal(2, lines.Length);
        Assert.Equal(lines[0], lines[1]);
        File.Delete(file);
    }

    /// <summary>
    /// Root reads everything, so the reader is nobody; a folder that may not be entered makes the snapshot partial.
    /// </summary>
    [Fact]
    public async Task What_could_not_be_read_is_named_and_the_snapshot_is_partial()
    {
        using var shell = new TestShell();
        shell.Write("site/open", "x");
        shell.Write("site/closed/y", "y");
        string run = "dotnet program/jstore.dll snapshot ./site --json";
        string drop =
            Environment.UserName == "root" ? "setpriv --reuid=65534 --regid=65534 --clear-groups " + run : run;

        // A copy of the program, since nobody may not enter every folder that these tests are run from.
        (int code, string output, string error) = await Tool.RunAsync(
            shell.Folder, "", "sh", "-c",
            $"cp -r '{AppContext.BaseDirectory}/.' program && chmod -R a+rX program && chmod 777 . site "
            + $"&& chmod 0 site/closed && export HOME=/tmp && exec {drop}");
        await Tool.RunAsync(shell.Folder, "", "chmod", "-R", "u+rwx", ".");

        Assert.True(code == 3, $"{code} {error}");
        Assert.Contains("jstore: could not read local/site/closed", error, StringComparison.Ordinal);
        using var made = System.Text.Json.JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        Assert.False(made.RootElement.GetProperty("complete").GetBoolean());
        Assert.NotEqual(0, made.RootElement.GetProperty("sources")[0].GetProperty("errors").GetArrayLength());
    }

    /// <summary>
    /// Signalled once the first bytes are in the repository, in the midst of 300 MB; what was there before stays whole.
    /// </summary>
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_running_command_is_interrupted_with_130(string signal)
    {
        using var shell = new TestShell();
        await shell.RunAsync("init", "--no-password");
        await Tool.RunAsync(shell.Folder, "", "sh", "-c", "mkdir big && head -c 300000000 /dev/urandom > big/a");
        string dll = Path.Combine(AppContext.BaseDirectory, "jstore.dll");
        string wait = "until ls .jstore/tmp/* .jstore/packs/*/* >/dev/null 2>&1; do sleep 0.05; done";

        (_, string output, string error) = await Tool.RunAsync(
            shell.Folder, "", "bash", "-c", $"set -m; dotnet '{dll}' snapshot ./big -q & {wait}; kill -{signal} $!; wait $!; echo $?");

        Assert.Equal("130\n", output);
        Assert.Contains("Interrupted", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(shell.Folder, ".jstore", "tmp")));
        Assert.Equal(0, await shell.RunAsync("verify"));
    }

    [Theory]
    [InlineData("sh", "jstore")]
    [InlineData("sh", "test")]
    [InlineData("bash", ".ci/run")]
    public async Task The_scripts_are_well_formed(string shell, string script)
    {
        (int code, _, string error) = await Tool.RunAsync(Tool.Home, "", shell, "-n", script);

        Assert.Equal((0, ""), (code, error));
    }
}
