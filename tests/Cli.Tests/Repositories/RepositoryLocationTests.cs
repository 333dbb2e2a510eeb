using JadaStore.Cli.Repositories;
using JadaStore.Store;

namespace JadaStore.Cli.Tests.Repositories;

public class RepositoryLocationTests
{
    [Fact]
    public void The_option_wins_over_the_environment_over_the_file_over_the_folder()
    {
        using var shell = new TestShell();
        string below = Directory.CreateDirectory(Path.Combine(shell.Folder, "a", "b")).FullName;

        Assert.Equal(new RepositoryLocation(Path.Combine(below, ".jstore"), true), Find(shell, below, null));
        File.WriteAllText(Path.Combine(shell.Folder, "jstore.toml"), "# ours\nrepository = \"store\" # here\n");
        Assert.Equal(new RepositoryLocation(Path.Combine(shell.Folder, "store"), false), Find(shell, below, null));
        shell.Variables["JSTORE_REPO"] = "env";
        Assert.Equal(new RepositoryLocation(Path.Combine(below, "env"), false), Find(shell, below, null));
        Assert.Equal(new RepositoryLocation("/opt/store", false), Find(shell, below, "/opt/store"));
    }

    [Fact]
    public void A_file_that_is_no_toml_is_an_error_that_names_it()
    {
        using var shell = new TestShell();
        File.WriteAllText(Path.Combine(shell.Folder, "jstore.toml"), "repository = = 3");

        StoreException e = Assert.Throws<StoreException>(() => Find(shell, shell.Folder, null));
        Assert.Contains("jstore.toml", e.Message, StringComparison.Ordinal);
    }

    private static RepositoryLocation Find(TestShell shell, string folder, string? option)
    {
        var at = new Shell
        {
            Out = TextWriter.Null,
            OutBytes = Stream.Null,
            Error = TextWriter.Null,
            Variable = name => shell.Variables.GetValueOrDefault(name),
            Folder = folder,
        };
        return RepositoryLocation.Find(at, option);
    }

    [Fact]
    public async Task An_empty_repository_in_the_configuration_is_no_folder()
    {
        using var shell = new TestShell();
        shell.Write("jstore.toml", "repository = \"\"\n");

        Assert.Equal(1, await shell.RunAsync("list"));
        Assert.Contains("jstore.toml, line 1: `repository` is empty", shell.Error, StringComparison.Ordinal);
    }
}
