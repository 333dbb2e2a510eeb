using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore cat</c>: one file to standard output.</summary>
internal static class CatCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        Argument<string> snapshot = door.Snapshot("snapshot", "A name, an id's first digits, or latest");
        var path = new Argument<string>("path") { Description = "The file" };
        var command = new DescribedCommand(
            "cat", "Print one file of a snapshot", "jstore cat v1.0 local/site/index.html", "jstore cat latest~1 site/app.js | less")
        {
            snapshot, path,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            Snapshot from =
                await repository.FindSnapshotAsync(run.Get(snapshot), cancellationToken).ConfigureAwait(false);
            Found file = await FileAsync(repository, from, run.Get(path), cancellationToken).ConfigureAwait(false);
            await run.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
            await repository.CopyContentAsync(file.Entry!, run.Shell.OutBytes, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<Found> FileAsync(
        Repository repository, Snapshot from, string path, CancellationToken cancellationToken)
    {
        await foreach (Found found in repository.EntriesAsync(from, path, cancellationToken).ConfigureAwait(false))
        {
            return found.Entry is { Kind: EntryKind.File }
                ? found
                : throw new StoreException(
                    StoreFault.Refused,
                    $"{found.Path} in {from.Record.Name} is no file but a {EntryText.Kind(found.Entry?.Kind ?? EntryKind.Folder)}.",
                    $"`jstore ls {from.Record.Name} {found.Path}` shows what is there.");
        }

        throw new StoreException(StoreFault.NotFound, $"There is no {path} in {from.Record.Name}.");
    }
}
