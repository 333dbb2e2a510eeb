using System.CommandLine;
using System.Runtime.InteropServices;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore version</c>.</summary>
internal static class VersionCommand
{
    /// <summary><c>jstore 0.1.0</c>: what snapshot records name as the program.</summary>
    public static string Text => "jstore " + Number;

    private static string Number => typeof(VersionCommand).Assembly.GetName().Version!.ToString(3);

    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var command = new DescribedCommand("version", "Print the version");
        door.Does(command, (run, _) =>
        {
            if (run.Json)
            {
                JsonOutput.Write(run.Out, new ProgramJson(
                    Number, RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier));
            }
            else
            {
                run.Out.WriteLine(Text);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
