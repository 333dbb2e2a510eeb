using JadaStore.Cli.Output;

namespace JadaStore.Cli.Tests.Output;

public class CompletionScriptTests
{
    [Fact]
    public async Task The_bash_script_is_well_formed() =>
        Assert.Equal(0, (await Tool.RunAsync("/", CompletionScript.For("bash"), "bash", "-n")).Code);

    /// <summary>The whole way: bash's own variables, the script, a real process.</summary>
    [Fact]
    public async Task Bash_completes_a_command()
    {
        string dll = Path.Combine(AppContext.BaseDirectory, "jstore.dll");
        string session = $"jstore() {{ dotnet '{dll}' \"$@\"; }}\n{CompletionScript.For("bash")}\n"
            + "COMP_WORDS=(jstore sna) COMP_CWORD=1 COMP_LINE='jstore sna' COMP_POINT=10\n_jstore_complete; echo \"${COMPREPLY[@]}\"\n";

        (int code, string output, _) = await Tool.RunAsync(Path.GetTempPath(), session, "bash");

        Assert.Equal((0, "snapshot\n"), (code, output));
    }

    [Theory]
    [InlineData("jstore ver", "verify", "version")]
    [InlineData("jstore key ", "add", "change")]
    [InlineData("jstore restore --overwrite a", "always")]
    [InlineData("jstore restore --dry", "--dry-run")]
    public async Task Words_complete_to_what_may_stand_there(string line, params string[] expected)
    {
        using var shell = new TestShell();

        Assert.Equal(0, await shell.RunAsync($"[suggest:{line.Length}]", line));

        string[] words = shell.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Subset(words.ToHashSet(), expected.ToHashSet());
        string typed = line.Split(' ')[^1];
        Assert.All(words, word => Assert.StartsWith(typed, word, StringComparison.Ordinal));
    }
}
