using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore log</c>: every version of a path.</summary>
internal static class LogCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var path = new Argument<string>("path") { Description = "The file or folder" };
        var command = new DescribedCommand(
            "log", "Show every version of a path over all snapshots", "jstore log local/site/index.html", "jstore log site/index.html --json")
        {
            path,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            IAsyncEnumerable<PathVersion> versions = repository.LogAsync(run.Get(path), cancellationToken);
            if (run.Json)
            {
                await JsonOutput.WriteListAsync(
                    run.Out, versions.Select(VersionOfPathJson.Of), cancellationToken).ConfigureAwait(false);
                return ExitCode.Done;
            }

            var table = new Table("SNAPSHOT", "TIME", "CHANGE", ">SIZE", "MODIFIED", "DIGEST", "PATH");
            TimeZoneInfo zone = run.Shell.Time.LocalTimeZone;
            await foreach (PathVersion version in versions.ConfigureAwait(false))
            {
                table.Add(
                    version.Snapshot.Record.Name,
                    EntryText.Time(version.Snapshot.Record.Time, zone),
                    EntryText.Change(version.Kind),
                    version.Entry is { } entry ? Size.Text(entry.Size) : "-",
                    EntryText.Time(version.Entry?.ModifiedTime, zone),
                    version.Entry?.Digest?.ToString()[..16] ?? "-",
                    version.Path.ToString());
            }

            table.WriteTo(run.Out);
            return ExitCode.Done;
        });
        return command;
    }
}
