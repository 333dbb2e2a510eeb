using System.CommandLine;
using JadaStore.Store;

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
            await repository.RebuildCatalogAsync(cancellationToken).ConfigureAwait(false);
            run.Notice("the catalog is made anew.");
            return ExitCode.Done;
        });
        return new Command("catalog", "Look after the catalog") { rebuild };
    }
}
