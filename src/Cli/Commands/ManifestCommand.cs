using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore manifest</c>: a snapshot described for people who do not have it.</summary>
internal static class ManifestCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        Argument<string> snapshot = door.Snapshot("snapshot", "A name, an id's first digits, or latest");
        var command = new DescribedCommand(
            "manifest", "Print a snapshot's MANIFEST.md", "jstore manifest v1.0 > MANIFEST.md")
        {
            snapshot,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            Snapshot from =
                await repository.FindSnapshotAsync(run.Get(snapshot), cancellationToken).ConfigureAwait(false);
            string markdown = Manifest.Of(from);
            if (run.Json)
            {
                JsonOutput.Write(run.Out, new ManifestJson(from.Record.Name, markdown));
            }
            else
            {
                await run.Out.WriteAsync(markdown).ConfigureAwait(false);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
