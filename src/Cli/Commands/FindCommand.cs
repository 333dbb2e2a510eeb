using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore find</c>: where paths match.</summary>
internal static class FindCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var glob = new Argument<string>("glob")
        {
            Description = "*, **, ? and [a-z]; without a / it matches a name anywhere",
        };
        Option<string?> snapshot = door.SnapshotOption("Only in this one; else in all, newest first");
        var command = new DescribedCommand(
            "find", "Find paths by a pattern", "jstore find '*.html'", "jstore find 'local/site/**/*.js' --snapshot latest")
        {
            glob, snapshot,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            Snapshot? only = run.Get(snapshot) is { } reference
                ? await repository.FindSnapshotAsync(reference, cancellationToken).ConfigureAwait(false)
                : null;
            IAsyncEnumerable<Found> found = repository.FindAsync(run.Get(glob), only, cancellationToken);
            if (run.Json)
            {
                await JsonOutput.WriteListAsync(
                    run.Out, found.Select(FoundJson.Of), cancellationToken).ConfigureAwait(false);
                return ExitCode.Done;
            }

            await foreach (Found one in found.ConfigureAwait(false))
            {
                run.Shell.Print($"{one.Snapshot.Record.Name}  {one.Path}");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
