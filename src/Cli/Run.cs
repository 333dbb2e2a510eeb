using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Repositories;
using JadaStore.Store;
using JadaStore.Store.Requests;

namespace JadaStore.Cli;

/// <summary>One run of a command: what was typed, and what the run may use.</summary>
internal sealed class Run(Shell shell, GlobalOptions globals, ParseResult parsed)
{
    private Repository? _opened;

    /// <summary>The process.</summary>
    public Shell Shell => shell;

    /// <summary>Results go here.</summary>
    public TextWriter Out => shell.Out;

    /// <summary>Whether results are JSON.</summary>
    public bool Json => parsed.GetValue(globals.Json);

    /// <summary>Whether progress and notices are unwanted.</summary>
    public bool Quiet => parsed.GetValue(globals.Quiet);

    /// <summary>Where passwords come from.</summary>
    public PasswordSource Passwords =>
        new(shell, parsed.GetValue(globals.PasswordFile), parsed.GetValue(globals.PasswordCommand));

    /// <summary>Where the repository is.</summary>
    public RepositoryLocation Location => RepositoryLocation.Find(shell, parsed.GetValue(globals.Repository));

    /// <summary>The value of an option.</summary>
    public T Get<T>(Option<T> option) => parsed.GetValue(option)!;

    /// <summary>The value of an argument.</summary>
    public T Get<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    /// <summary>Tells the user something that is no result; nothing with <c>--quiet</c>.</summary>
    public void Notice(string text)
    {
        if (!Quiet)
        {
            shell.Tell($"jstore: {text}");
        }
    }

    /// <summary>Opens the repository, and asks for the password where it must.</summary>
    /// <exception cref="StoreException">There is none, or it does not open.</exception>
    public Task<Repository> OpenAsync(CancellationToken cancellationToken) =>
        OpenAsync(Location.Path, cancellationToken);

    /// <summary>Opens the repository at that place.</summary>
    public async Task<Repository> OpenAsync(string location, CancellationToken cancellationToken)
    {
        var options = new OpenOptions
        {
            Password = () => Passwords.Current(location),
            Rebuild = Progress() is { } progress ? new RebuildOutput(progress) : null,
        };
        _opened = await Repository.OpenAsync(location, options, cancellationToken).ConfigureAwait(false);
        return _opened;
    }

    /// <summary>Tells what the repository found damaged and left aside, if it was opened.</summary>
    public void ReportWarnings()
    {
        foreach (string warning in _opened?.Warnings ?? [])
        {
            shell.Tell($"jstore: warning: {warning}");
        }
    }

    /// <summary>Where progress goes; null with <c>--quiet</c>.</summary>
    public IProgressOutput? Progress() => (Quiet, Json) switch
    {
        (true, _) => null,
        (_, true) => new ProgressJson(shell.Out, shell.Time),
        _ => shell.ErrorIsTerminal ? new ProgressLine(shell) : new ProgressLog(shell.Error, shell.Time),
    };
}
