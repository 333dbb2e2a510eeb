using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore catalog rebuild</c>: makes the catalog anew.</summary>
internal static class CatalogCommand
{
    /// <summary>The command with the one below it.</summary>
    public static Command Create(Door door)
    {
        var rebuild = new DescribedCommand(
            "rebuild", "Make the catalog anew from the packs and snapshot records", "jstore catalog rebuild");
        door.Does(rebuild, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (!await repository.RebuildCatalogAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new StoreException(
                    StoreFault.Io, $"The catalog in {repository.Location} cannot be written.",
                    "Its disk is full or read-only, or another program keeps the file locked. Until that is over each command makes one anew in memory.");
            }

            if (run.Json)
            {
                IReadOnlyList<Snapshot> snapshots = await repository.ListAsync(cancellationToken).ConfigureAwait(false);
                JsonOutput.Write(run.Out, new RebuiltJson(Rebuilt: true, snapshots.Count));
            }

            run.Notice("the catalog is made anew.");
            return ExitCode.Done;
        });
        return new Command("catalog", "Look after the catalog") { rebuild };
    }
}
