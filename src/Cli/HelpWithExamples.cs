using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace JadaStore.Cli;

/// <summary>The usual help, and below it what the command is used for.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        if (command is DescribedCommand { Examples.Count: > 0 } described)
        {
            Section(output, "Examples", described.Examples);
        }

        if (command is RootCommand)
        {
            Section(output, "Examples", DescribedCommand.FirstSteps);
            Section(output, "Exit codes", ExitCode.Table.Split('\n'));
        }

        return ExitCode.Done;
    }

    private static void Section(TextWriter output, string title, IEnumerable<string> lines)
    {
        output.WriteLine($"{title}:");
        foreach (string line in lines)
        {
            output.WriteLine($"  {line}");
        }

        output.WriteLine();
    }
}
