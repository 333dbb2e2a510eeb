using JadaStore.Cli.Repositories;
using JadaStore.Store;

namespace JadaStore.Cli.Tests.Repositories;

public class PasswordSourceTests
{
    [Fact]
    public void Options_win_over_the_environment_and_nobody_is_asked()
    {
        using var shell = new TestShell { IsTerminal = true };
        File.WriteAllText(Path.Combine(shell.Folder, "file"), "from file\r\n");
        File.WriteAllText(Path.Combine(shell.Folder, "other"), "from other file");
        shell.Variables["JSTORE_PASSWORD_FILE"] = "other";

        Assert.Equal("from other file", Of(shell).Current("r"));
        shell.Variables["JSTORE_PASSWORD"] = "from environment";
        Assert.Equal("from environment", Of(shell).Current("r"));
        Assert.Equal("from file", Of(shell, file: "file").Current("r"));
        Assert.Equal("from command", Of(shell, command: "echo from command").Current("r"));
        Assert.Empty(shell.Asked);
    }

    [Fact]
    public void Without_any_source_a_person_is_asked_once_to_open_and_twice_to_make()
    {
        using var shell = new TestShell { IsTerminal = true };
        shell.Typed.Enqueue("a");
        shell.Typed.Enqueue("b");
        shell.Typed.Enqueue("b");

        Assert.Equal("a", Of(shell).Current("r"));
        Assert.Equal("b", Of(shell).ForNew("r"));
        Assert.Equal(3, shell.Asked.Count);
    }

    [Fact]
    public void A_new_password_that_is_typed_differently_is_refused()
    {
        using var shell = new TestShell { IsTerminal = true };
        shell.Typed.Enqueue("a");
        shell.Typed.Enqueue("b");

        Assert.Throws<UsageException>(() => Of(shell).ForNew("r"));
    }

    [Fact]
    public void Where_nobody_can_be_asked_there_is_none()
    {
        using var shell = new TestShell();

        Assert.Null(Of(shell).Current("r"));
        Assert.Null(Of(shell).ForNew("r"));
        Assert.Throws<UsageException>(() => Of(shell).Additional(null));
    }

    [Fact]
    public void A_source_that_fails_is_no_empty_password()
    {
        using var shell = new TestShell();
        File.WriteAllText(Path.Combine(shell.Folder, "empty"), "\n");

        Assert.Equal(StoreFault.Io, Assert.Throws<StoreException>(() => Of(shell, file: "missing").Given()).Fault);
        Assert.Equal(StoreFault.Io, Assert.Throws<StoreException>(() => Of(shell, command: "exit 3").Given()).Fault);
        Assert.Equal(
            StoreFault.WrongPassword, Assert.Throws<StoreException>(() => Of(shell, file: "empty").Given()).Fault);
    }

    /// <summary>Only the line end goes: spaces and further lines belong to the password.</summary>
    [Fact]
    public void A_password_keeps_its_spaces()
    {
        using var shell = new TestShell();
        File.WriteAllText(Path.Combine(shell.Folder, "file"), " two words \n");

        Assert.Equal(" two words ", Of(shell, file: "file").Given());
    }

    private static PasswordSource Of(TestShell shell, string? file = null, string? command = null) =>
        new(shell.Shell(Stream.Null), file, command);
}
