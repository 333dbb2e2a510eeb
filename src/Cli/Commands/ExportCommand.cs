using System.CommandLine;
using JadaStore.Cli.Archives;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore export</c>: an archive to standard output.</summary>
internal static class ExportCommand
{
    private const int BufferSize = 128 * 1024;

    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        Argument<string> snapshot = door.Snapshot("snapshot", "A name, an id's first digits, or latest");
        var path = new Argument<string>("path")
        {
            Description = "A file, or a folder with all below it", DefaultValueFactory = _ => "",
        };
        var format = new Option<string>("--format", "-f")
        {
            Description = "tar or zip", HelpName = "FORMAT", DefaultValueFactory = _ => "tar",
        };
        format.AcceptOnlyFromAmong("tar", "zip");
        var command = new DescribedCommand(
            "export",
            "Write an archive to standard output",
            "jstore export v1.0 > v1.0.tar",
            "jstore export latest local/site --format zip > site.zip",
            "jstore export latest site | ssh host tar x")
        {
            snapshot, path, format,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            if (run.Shell.OutIsTerminal)
            {
                throw new UsageException(
                    "An archive is no text: send it to a file or a pipe, as in `jstore export v1.0 > v1.0.tar`.");
            }

            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            Snapshot from =
                await repository.FindSnapshotAsync(run.Get(snapshot), cancellationToken).ConfigureAwait(false);
            IAsyncEnumerable<Found> entries = repository.EntriesAsync(from, run.Get(path), cancellationToken);
            await run.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
            await using var output = new BufferedStream(run.Shell.OutBytes, BufferSize);
            await WriteAsync(
                run, repository, entries, output, run.Get(format), cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task WriteAsync(
        Run run, Repository repository, IAsyncEnumerable<Found> entries, Stream output, string format, CancellationToken cancellationToken)
    {
        // Not a notice: whoever keeps the archive instead of the snapshot must know, --quiet or not.
        void Note(string text) => run.Shell.Tell($"jstore: warning: {text}");
        await using Archive archive = format == "zip"
            ? new ZipArchiveOutput(output, repository.CopyContentAsync, run.Shell.Time.LocalTimeZone) { Note = Note }
            : new TarArchiveOutput(output, repository.CopyContentAsync) { Note = Note };
        await foreach (Found found in entries.ConfigureAwait(false))
        {
            if (!await archive.AddAsync(found, cancellationToken).ConfigureAwait(false))
            {
                Note(
                    $"left out of the archive: {found.Path} ({found.Entry?.Problem ?? "a kind that it cannot hold"}).");
            }
        }

        archive.TellWhatIsMissing();
    }
}
