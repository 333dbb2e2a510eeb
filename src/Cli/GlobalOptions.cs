using System.CommandLine;

namespace JadaStore.Cli;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions
{
    /// <summary>Where the repository is.</summary>
    public Option<string?> Repository { get; } = new("--repo", "-r")
    {
        Description = "The repository; else JSTORE_REPO, `repository` in jstore.toml, or .jstore here",
        HelpName = "FOLDER",
        Recursive = true,
    };

    /// <summary>A file whose first line is the password.</summary>
    public Option<string?> PasswordFile { get; } = new("--password-file")
    {
        Description = "A file that holds the password; else JSTORE_PASSWORD_FILE or JSTORE_PASSWORD",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>A command that prints the password.</summary>
    public Option<string?> PasswordCommand { get; } = new("--password-command")
    {
        Description = "A shell command that prints the password",
        HelpName = "COMMAND",
        Recursive = true,
    };

    /// <summary>Results as JSON.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print results as JSON", Recursive = true };

    /// <summary>No progress, no notices.</summary>
    public Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "No progress and no notices", Recursive = true,
    };

    /// <summary>Stack traces.</summary>
    public Option<bool> Debug { get; } = new("--debug")
    {
        Description = "Print stack traces with errors", Recursive = true,
    };

    /// <summary>Makes them known to all commands below the root.</summary>
    public void AddTo(RootCommand root)
    {
        root.Add(Repository);
        root.Add(PasswordFile);
        root.Add(PasswordCommand);
        root.Add(Json);
        root.Add(Quiet);
        root.Add(Debug);
    }
}
