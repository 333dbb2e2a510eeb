using System.CommandLine;
using System.Globalization;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore ls</c>: what is in a snapshot.</summary>
internal static class LsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        Argument<string> snapshot = door.Snapshot("snapshot", "A name, an id's first digits, or latest", "latest");
        var path = new Argument<string>("path") { Description = "Where to look", DefaultValueFactory = _ => "" };
        var longer = new Option<bool>("--long", "-l") { Description = "With mode, owner, size and time" };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "Everything below, not one level" };
        var command = new DescribedCommand(
            "ls",
            "List what is in a snapshot",
            "jstore ls latest",
            "jstore ls v1.0 local/site -l",
            "jstore ls latest site --recursive --json")
        {
            snapshot, path, longer, recursive,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            Snapshot from =
                await repository.FindSnapshotAsync(run.Get(snapshot), cancellationToken).ConfigureAwait(false);
            IAsyncEnumerable<Found> found = run.Get(recursive)
                ? repository.EntriesAsync(from, run.Get(path), cancellationToken)
                : repository.LevelAsync(from, run.Get(path), cancellationToken);
            if (run.Json)
            {
                await JsonOutput.WriteListAsync(
                    run.Out, found.Select(EntryJson.Of), cancellationToken).ConfigureAwait(false);
                return ExitCode.Done;
            }

            TimeZoneInfo zone = run.Shell.Time.LocalTimeZone;
            await foreach (Found one in found.ConfigureAwait(false))
            {
                run.Out.WriteLine(run.Get(longer) ? LongLine(one, zone) : one.Path.ToString());
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A line as <c>ls -l</c> prints it; a problem stands behind the path.</summary>
    internal static string LongLine(Found found, TimeZoneInfo zone)
    {
        Entry? entry = found.Entry;
        string mode = EntryText.Mode(entry?.Kind ?? EntryKind.Folder, entry?.Mode);
        string owner = entry?.Owner is { } ids ? $"{ids.User}:{ids.Group}" : "-";
        string size = entry?.Device is { } device
            ? $"{device.Major},{device.Minor}"
            : (entry?.Size ?? 0).ToString(CultureInfo.InvariantCulture);
        string time = EntryText.Time(entry?.ModifiedTime, zone);
        string link = entry?.LinkTarget is not null ? $" -> {EntryText.Target(entry)}" : "";
        string same = entry?.HardLink is { } first ? $" = {first}" : "";
        string problem = entry?.Problem is { } what ? $"  ({what})" : "";
        return $"{mode}  {owner,9}  {size,12}  {time,-19}  {found.Path}{link}{same}{problem}";
    }
}
