using System.CommandLine;
using System.CommandLine.Parsing;

namespace JadaStore.Cli.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("lst")]
    [InlineData("ls", "latest", "--bogus")]
    [InlineData("ls", "-Z")]
    [InlineData("cat", "v1.0")]
    [InlineData("cat", "v1.0", "a", "b")]
    [InlineData("catalog")]
    [InlineData("key", "addd")]
    [InlineData("snapshot")]
    [InlineData("snapshot", "gs://bucket")]
    [InlineData("snapshot", ".", "--name", "a", "--major")]
    [InlineData("snapshot", ".", "--compression", "best")]
    [InlineData("restore", "--overwrite", "sometimes")]
    [InlineData("verify", "--sample", "0%")]
    [InlineData("verify", "--sample", "101%")]
    [InlineData("verify", "--sample", "5%", "--data")]
    [InlineData("diff", "a", "b", "--stat", "--patch")]
    [InlineData("completion", "tcsh")]
    [InlineData("list", "-r", "s3://bucket/prefix")]
    [InlineData("list", "-r", "")]
    [InlineData("-r", "", "list")]
    [InlineData("list", "--repo=")]
    [InlineData("list", "--password-file", "")]
    [InlineData("snapshot", "")]
    [InlineData("snapshot", ".", "")]
    [InlineData("snapshot", ".", "--name", "")]
    [InlineData("snapshot", ".", "--tag", "")]
    [InlineData("snapshot", ".", "--exclude-file", "")]
    [InlineData("restore", "--path", "")]
    [InlineData("restore", "--path", "site", "--path", "")]
    [InlineData("restore", "--to", "")]
    [InlineData("restore", "--snapshot", "")]
    [InlineData("restore", "--delete-excluded")]
    [InlineData("diff", "a", "b", "--path", "")]
    [InlineData("ls", "latest", "")]
    [InlineData("ls", "")]
    [InlineData("export", "latest", "")]
    [InlineData("log", "")]
    [InlineData("find", "")]
    [InlineData("cat", "v1.0", "")]
    public async Task What_cannot_be_meant_ends_with_2_and_one_line(params string[] words)
    {
        using var shell = new TestShell();

        int code = await shell.RunAsync(words);

        Assert.Equal(2, code);
        Assert.Empty(shell.Text);
        Assert.StartsWith("jstore: ", shell.Error, StringComparison.Ordinal);
        Assert.Single(shell.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_mistyped_command_is_told_its_neighbour()
    {
        using var shell = new TestShell();

        await shell.RunAsync("snapshto");

        Assert.Contains("Did you mean `snapshot`?", shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_at_all_shows_the_help_as_a_usage_error()
    {
        using var shell = new TestShell();

        Assert.Equal(2, await shell.RunAsync());
        Assert.Contains("Usage:", shell.Error, StringComparison.Ordinal);
        Assert.Empty(shell.Text);
    }

    [Fact]
    public async Task Help_lists_every_command_and_the_exit_codes()
    {
        using var shell = new TestShell();

        Assert.Equal(0, await shell.RunAsync("--help"));

        var line = new CommandLine(shell.Shell(Stream.Null));
        Assert.All(
            line.Root.Subcommands,
            command => Assert.Contains($"\n  {command.Name}", shell.Text, StringComparison.Ordinal));
        Assert.Contains("130  interrupted", shell.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_command_has_help_and_each_example_names_it()
    {
        using var shell = new TestShell();
        foreach (Command command in new CommandLine(shell.Shell(Stream.Null)).Root.Subcommands)
        {
            Assert.Equal(0, await shell.RunAsync(command.Name, "--help"));
            Assert.Contains($"jstore {command.Name}", shell.Text, StringComparison.Ordinal);
            if (command is DescribedCommand described)
            {
                Assert.All(
                    described.Examples,
                    example => Assert.Contains($"jstore {command.Name}", example, StringComparison.Ordinal));
            }
        }
    }

    /// <summary>An example that its own program refuses teaches nothing.</summary>
    [Fact]
    public void Every_example_is_understood()
    {
        using var shell = new TestShell();
        var line = new CommandLine(shell.Shell(Stream.Null));
        IEnumerable<Command> all = line.Root.Subcommands.SelectMany(command => command.Subcommands.Append(command));
        IEnumerable<string> examples = all.OfType<DescribedCommand>().SelectMany(command => command.Examples);
        foreach (string example in examples.Concat(DescribedCommand.FirstSteps))
        {
            string typed =
                example[example.IndexOf("jstore ", StringComparison.Ordinal)..].Split('#', '|', '>', ')', ';')[0];
            string quoted = typed.Replace('\'', '"');
            ParseResult parsed = line.Root.Parse([.. CommandLineParser.SplitCommandLine(quoted).Skip(1)]);
            Assert.True(UsageErrors.Of(parsed) is null, $"{example}: {UsageErrors.Of(parsed)}");
        }
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("version")]
    public async Task The_version_is_one_line(string word)
    {
        using var shell = new TestShell();

        Assert.Equal(0, await shell.RunAsync(word));
        Assert.Matches(@"^jstore \d+\.\d+\.\d+\n$", shell.Text);
    }

    [Fact]
    public void A_name_behind_two_dashes_may_begin_with_a_dash()
    {
        using var shell = new TestShell();
        RootCommand root = new CommandLine(shell.Shell(Stream.Null)).Root;

        Assert.Null(UsageErrors.Of(root.Parse(["ls", "latest", "--", "-odd"])));
        Assert.NotNull(UsageErrors.Of(root.Parse(["ls", "latest", "-odd"])));
    }

    /// <summary>A value that looks like a file to be read is still only a value.</summary>
    [Fact]
    public async Task An_at_sign_is_no_response_file()
    {
        using var shell = new TestShell();
        await File.WriteAllTextAsync(Path.Combine(shell.Folder, "list"), "--help");

        Assert.Equal(2, await shell.RunAsync("@" + Path.Combine(shell.Folder, "list")));
    }

    [Fact]
    public async Task An_archive_is_not_sent_to_a_terminal()
    {
        using var shell = new TestShell { IsTerminal = true };

        Assert.Equal(2, await shell.RunAsync("export", "latest"));
    }
}
