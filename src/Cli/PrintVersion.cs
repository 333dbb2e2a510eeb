using System.CommandLine;
using System.CommandLine.Invocation;
using JadaStore.Cli.Commands;

namespace JadaStore.Cli;

/// <summary>What <c>--version</c> does.</summary>
internal sealed class PrintVersion(Shell shell) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        shell.Out.WriteLine(VersionCommand.Text);
        return ExitCode.Done;
    }
}
