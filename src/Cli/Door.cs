using System.CommandLine;

namespace JadaStore.Cli;

/// <summary>What a command is built from: its surroundings, and the way to its run.</summary>
internal sealed class Door(Shell shell, GlobalOptions globals, SnapshotNames names)
{
    /// <summary>The process.</summary>
    public Shell Shell => shell;

    /// <summary>Makes <paramref name="action"/> what the command does.</summary>
    public void Does(Command command, Func<Run, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Run run = RunOf(parsed);
            try
            {
                return await action(run, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                run.ReportWarnings();
            }
        });

    /// <summary>One run with the values that were parsed.</summary>
    public Run RunOf(ParseResult parsed) => new(shell, globals, parsed);

    /// <summary>An argument that names a snapshot, and completes to one.</summary>
    public Argument<string> Snapshot(string name, string description, string? whenMissing = null)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.CompletionSources.Add(names.Complete);
        if (whenMissing is not null)
        {
            argument.DefaultValueFactory = _ => whenMissing;
        }

        return argument;
    }

    /// <summary>An argument that names snapshots, or none, and completes to them.</summary>
    public Argument<string[]> Snapshots(string name, string description)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.ZeroOrMore };
        argument.CompletionSources.Add(names.Complete);
        return argument;
    }

    /// <summary>The option <c>--snapshot</c>, which completes to one.</summary>
    public Option<string?> SnapshotOption(string description)
    {
        var option = new Option<string?>("--snapshot", "-s") { Description = description, HelpName = "SNAPSHOT" };
        option.CompletionSources.Add(names.Complete);
        return option;
    }
}
