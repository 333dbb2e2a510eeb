using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using JadaStore.Cli.Commands;
using JadaStore.Cli.Output;
using JadaStore.Store;

namespace JadaStore.Cli;

/// <summary>Words in, exit code out: all commands, and the one border at which failures become messages.</summary>
internal sealed class CommandLine
{
    private readonly Shell _shell;
    private readonly GlobalOptions _globals = new();
    private readonly SnapshotNames _names = new();

    /// <param name="shell">All that a command may touch.</param>
    public CommandLine(Shell shell)
    {
        _shell = shell;
        Root = BuildRoot();
    }

    /// <summary>The command tree, as help and completion see it.</summary>
    public RootCommand Root { get; }

    private static ParserConfiguration Parsing => new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs one command line to its end.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        ParseResult parsed = Root.Parse(words, Parsing);
        int code = await GuardAsync(() => InvokeAsync(parsed, cancellationToken), parsed).ConfigureAwait(false);
        int flushed = await GuardAsync(FlushAsync, parsed).ConfigureAwait(false);
        return code == ExitCode.Done ? flushed : code;
    }

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (UsageProblem(parsed) is { } problem)
        {
            foreach (string line in problem.Split('\n'))
            {
                _shell.Tell(line);
            }

            return ExitCode.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = _shell.Out,
            Error = _shell.Error,
        };
        return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> FlushAsync()
    {
        await _shell.Out.FlushAsync().ConfigureAwait(false);
        return ExitCode.Done;
    }

    private async Task<int> GuardAsync(Func<Task<int>> action, ParseResult parsed)
    {
        bool debug = parsed.GetValue(_globals.Debug);
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (PipeClosedException)
        {
            return ExitCode.Done;
        }
        catch (UsageException e)
        {
            return Fail(ExitCode.Usage, e, "", debug);
        }
        catch (StoreException e)
        {
            return Fail(ExitCode.For(e.Fault), e, e.Hint, debug);
        }
        catch (OperationCanceledException e)
        {
            string message =
                "Interrupted; every earlier snapshot is whole, and the same command goes on where this one stopped.";
            return Fail(ExitCode.Interrupted, e, "", debug, message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCode.Failed, e, "", debug);
        }
#pragma warning disable CA1031 // the outermost border: whatever it is, the user gets one line and a code
        catch (Exception e)
#pragma warning restore CA1031
        {
            string hint = debug ? "" : "This is a fault of jstore; --debug shows where.";
            return Fail(ExitCode.Failed, e, hint, debug, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private int Fail(int code, Exception e, string hint, bool debug, string? message = null)
    {
        string line = OneLine($"{message ?? e.Message} {hint}");
        _shell.Tell($"jstore: {line}");
        if (debug)
        {
            foreach (string trace in e.ToString().Split('\n'))
            {
                _shell.Tell(trace);
            }
        }

        return code;
    }

    /// <summary>Null when there is something to run, and be it the help that was asked for.</summary>
    private string? UsageProblem(ParseResult parsed)
    {
        bool other = parsed.Action is not (null or ParseErrorAction)
            && !ReferenceEquals(parsed.Action, parsed.CommandResult.Command.Action);
        if (other)
        {
            return null;
        }

        return ReferenceEquals(parsed.CommandResult.Command, Root) && parsed.Tokens.Count == 0
            ? HelpText(parsed)
            : UsageErrors.Of(parsed) is { } problem ? $"jstore: {problem}" : null;
    }

    private static string HelpText(ParseResult parsed)
    {
        using var text = new StringWriter();
        parsed.InvocationConfiguration.Output = text;
        new HelpWithExamples().Invoke(parsed);
        return text.ToString().TrimEnd();
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private RootCommand BuildRoot()
    {
        var root = new RootCommand("Deduplicating, sealed snapshots: take one, see what changed, bring things back.")
        {
            HelpName = "jstore",
        };
        root.Options.Clear();
        root.Directives.Clear();
        root.Add(new HelpOption("--help", "-h") { Action = new HelpWithExamples(), Recursive = true });
        root.Add(new VersionOption("--version") { Action = new PrintVersion(_shell) });
        _globals.AddTo(root);
        var door = new Door(_shell, _globals, _names);
        foreach (Command command in Every(door))
        {
            root.Add(command);
        }

        root.Add(new SuggestDirective(root, Parsing, door, _names));
        return root;
    }

    private static IEnumerable<Command> Every(Door door) =>
    [
        InitCommand.Create(door),
        SourcesCommand.Create(door),
        SnapshotCommand.Create(door),
        ListCommand.Create(door),
        StatusCommand.Create(door),
        LsCommand.Create(door),
        DiffCommand.Create(door),
        RestoreCommand.Create(door),
        CatCommand.Create(door),
        LogCommand.Create(door),
        FindCommand.Create(door),
        ManifestCommand.Create(door),
        StatsCommand.Create(door),
        VerifyCommand.Create(door),
        RepairCommand.Create(door),
        VerifySourceCommand.Create(door),
        PruneCommand.Create(door),
        ExportCommand.Create(door),
        ForgetCommand.Create(door),
        UndeleteCommand.Create(door),
        PinCommand.Create(door),
        UnpinCommand.Create(door),
        IamPolicyCommand.Create(door),
        KeyCommand.Create(door),
        CatalogCommand.Create(door),
        CompletionCommand.Create(door),
        VersionCommand.Create(door),
    ];
}
