using System.Diagnostics;
using JadaStore.Store;

namespace JadaStore.Cli.Repositories;

/// <summary>Where a password comes from: an option, else the environment, else the person at the terminal.</summary>
/// <param name="shell">The process.</param>
/// <param name="file">What <c>--password-file</c> says.</param>
/// <param name="command">What <c>--password-command</c> says.</param>
internal sealed class PasswordSource(Shell shell, string? file, string? command)
{
    /// <summary>The password that opens the repository; null when there is none to give.</summary>
    /// <param name="location">Which repository, for the prompt.</param>
    /// <exception cref="StoreException">The file or the command fails.</exception>
    public string? Current(string location) =>
        Given() ?? (shell.InputIsTerminal ? shell.AskPassword($"Password of {location}: ") : null);

    /// <summary>
    /// The password for a repository that is made, asked for twice on a terminal; null when there is none to give.
    /// </summary>
    public string? ForNew(string location) =>
        Given() ?? (shell.InputIsTerminal ? AskTwice($"New password of {location}: ") : null);

    /// <summary>
    /// A password to be added, which must differ in its source from the one that opens the repository.
    /// </summary>
    /// <param name="newFile">What <c>--new-password-file</c> says.</param>
    /// <exception cref="UsageException">There is none to be had.</exception>
    public string Additional(string? newFile)
    {
        string? given = newFile is not null ? FromFile(newFile) : NotEmpty(shell.Variable("JSTORE_NEW_PASSWORD"));
        return given ?? (shell.InputIsTerminal
            ? AskTwice("New password: ")
            : throw new UsageException("No new password: give --new-password-file or JSTORE_NEW_PASSWORD."));
    }

    /// <summary>
    /// What the options and the environment give, without asking anybody; null when they give nothing.
    /// </summary>
    public string? Given()
    {
        if (file is not null)
        {
            return FromFile(file);
        }

        if (command is not null)
        {
            return FromCommand(command);
        }

        return NotEmpty(shell.Variable("JSTORE_PASSWORD"))
            ?? (NotEmpty(shell.Variable("JSTORE_PASSWORD_FILE")) is { } named ? FromFile(named) : null);
    }

    private string FromFile(string name)
    {
        try
        {
            return WithoutLineEnd(File.ReadAllText(Path.GetFullPath(name, shell.Folder)), $"The password file {name}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.Io, $"The password file {name} cannot be read: {e.Message}", "", e);
        }
    }

    private string FromCommand(string line)
    {
        bool windows = OperatingSystem.IsWindows();
        var start = new ProcessStartInfo(windows ? "cmd.exe" : "/bin/sh", [windows ? "/c" : "-c", line])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = shell.Folder,
        };
        using Process process = Process.Start(start)
            ?? throw new StoreException(StoreFault.Io, "The password command could not be started.");
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? WithoutLineEnd(printed, "The password command's output")
            : throw new StoreException(
                StoreFault.Io, $"The password command failed with exit code {process.ExitCode}.");
    }

    private string AskTwice(string prompt)
    {
        string first = shell.AskPassword(prompt);
        if (first.Length == 0)
        {
            throw new UsageException("A password may not be empty.");
        }

        return shell.AskPassword("Once more: ") == first
            ? first
            : throw new UsageException("The two passwords differ; nothing was changed.");
    }

    private static string WithoutLineEnd(string text, string what)
    {
        string line = text.EndsWith('\n') ? text[..^1] : text;
        line = line.EndsWith('\r') ? line[..^1] : line;
        return line.Length > 0 ? line : throw new StoreException(StoreFault.WrongPassword, $"{what} is empty.");
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
