namespace JadaStore.Cli.Tests.Commands;

/// <summary>A repository that is read into itself never ends, and one that is restored over is gone.</summary>
public class RepositoryAsSourceTests
{
    [Theory]
    [InlineData(".jstore")]
    [InlineData(".jstore/packs")]
    [InlineData("./site/../.jstore=other")]
    [InlineData("link")]
    [InlineData("link/packs")]
    public async Task A_source_in_the_repository_is_refused(string source)
    {
        using var shell = new TestShell();
        shell.Write("site/a", "a");
        await shell.RunAsync("init", "--no-password");
        File.CreateSymbolicLink(Path.Combine(shell.Folder, "link"), ".jstore");

        Assert.Equal(2, await shell.RunAsync("snapshot", "./site", source));

        Assert.Contains("lies in the repository", shell.Error, StringComparison.Ordinal);
        Assert.Single(shell.Error.TrimEnd().Split('\n'));
        Assert.Equal(0, await shell.RunAsync("list", "--json"));
        Assert.Equal("[]\n", shell.Text);
    }

    [Fact]
    public async Task A_source_in_a_repository_named_through_a_link_is_refused()
    {
        using var shell = new TestShell();
        await shell.RunAsync("init", "--no-password", "-r", "store");
        File.CreateSymbolicLink(Path.Combine(shell.Folder, "link"), Path.Combine(shell.Folder, "store"));

        Assert.Equal(2, await shell.RunAsync("snapshot", "store", "-r", "link"));
    }

    [Fact]
    public async Task A_neighbour_with_a_longer_name_is_a_source_as_any_other()
    {
        using var shell = new TestShell();
        shell.Write(".jstore-notes/a", "a");

        Assert.Equal(0, await shell.RunAsync("snapshot", ".jstore-notes"));
    }

    [Fact]
    public async Task Links_in_a_circle_end()
    {
        using var shell = new TestShell();
        File.CreateSymbolicLink(Path.Combine(shell.Folder, "a"), "b");
        File.CreateSymbolicLink(Path.Combine(shell.Folder, "b"), "a");

        Assert.NotEqual(0, await shell.RunAsync("snapshot", "a"));
    }

    [Theory]
    [InlineData("local/..")]
    [InlineData("link")]
    public async Task A_restore_that_deletes_around_the_repository_leaves_it_alone(string to)
    {
        using var shell = new TestShell();
        shell.Write("local/work/src/a", "a");
        Assert.Equal(0, await shell.RunAsync("init", "--no-password", "-r", "local/work/.store"));
        Assert.Equal(0, await shell.RunAsync("snapshot", "local/work/src=work", "-r", "local/work/.store"));
        shell.Write("local/work/gone", "x");
        File.CreateSymbolicLink(Path.Combine(shell.Folder, "link"), ".");

        int code = await shell.RunAsync(
            "restore", "--path", "local/work", "--to", to, "--overwrite", "always", "--delete", "-r", "local/work/.store");

        Assert.True(code == 0, shell.Error);
        Assert.Equal("a", shell.Read("local/work/a"));
        Assert.False(File.Exists(Path.Combine(shell.Folder, "local/work/gone")));
        Assert.Equal(0, await shell.RunAsync("verify", "--data", "-r", "local/work/.store"));
    }
}
