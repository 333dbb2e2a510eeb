using JadaStore.Store;

namespace JadaStore.Cli.Tests;

public class ExitCodeTests
{
    [Theory]
    [InlineData(StoreFault.NoRepository, 10)]
    [InlineData(StoreFault.Locked, 11)]
    [InlineData(StoreFault.WrongPassword, 12)]
    [InlineData(StoreFault.Corrupt, 13)]
    [InlineData(StoreFault.Io, 1)]
    [InlineData(StoreFault.NotFound, 1)]
    public void Faults_have_the_numbers_that_scripts_know(StoreFault fault, int code) => Assert.Equal(code, ExitCode.For(fault));

    [Fact]
    public void No_fault_counts_as_success() =>
        Assert.All(Enum.GetValues<StoreFault>(), fault => Assert.NotEqual(0, ExitCode.For(fault)));
}
