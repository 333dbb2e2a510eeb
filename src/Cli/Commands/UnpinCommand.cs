using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore unpin</c>: takes a pin away.</summary>
internal static class UnpinCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        Argument<string> snapshot = door.Snapshot("snapshot", "A name, an id's first digits, or latest");
        var command = new DescribedCommand("unpin", "Let a pinned snapshot be forgotten again", "jstore unpin v1.3")
        {
            snapshot,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            Snapshot it =
                await repository.FindSnapshotAsync(run.Get(snapshot), cancellationToken).ConfigureAwait(false);
            bool was = await repository.UnpinAsync(it, cancellationToken).ConfigureAwait(false);
            if (run.Json)
            {
                JsonOutput.Write(run.Out, SnapshotJson.Of(it));
            }
            else
            {
                run.Out.WriteLine(
                    $"{EntryText.Printable(it.Record.Name)} {(was ? "is no longer pinned" : "was not pinned")}");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
