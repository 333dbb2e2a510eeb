using JadaStore.Store;

namespace JadaStore.Cli.Tests;

public class ExitCodeTests
{
    [Theory]
    [InlineData(StoreFault.NoRepository, 10)]
    [InlineData(StoreFault.Locked, 11)]
    [InlineData(StoreFault.WrongPassword, 12)]
    [InlineData(StoreFault.Corrupt, 13)]
    [InlineData(StoreFault.Unreadable, 13)]
    [InlineData(StoreFault.Io, 1)]
    [InlineData(StoreFault.NotFound, 1)]
    public void Faults_have_the_numbers_that_scripts_know(StoreFault fault, int code) =>
        Assert.Equal(code, ExitCode.For(fault));

    [Fact]
    public void No_fault_counts_as_success() =>
        Assert.All(Enum.GetValues<StoreFault>(), fault => Assert.NotEqual(0, ExitCode.For(fault)));

    /// <summary>One table for the help and for the README.</summary>
    [Fact]
    public void The_help_and_the_readme_say_the_same()
    {
        string readme = File.ReadAllText(Path.Combine(Tool.Home, "README.md"));
        foreach (string line in ExitCode.Table.Split('\n'))
        {
            string[] parts = line.Split(' ', 2, StringSplitOptions.TrimEntries);
            Assert.Contains($"| {parts[0]} | {parts[1]}", readme, StringComparison.Ordinal);
        }
    }
}
