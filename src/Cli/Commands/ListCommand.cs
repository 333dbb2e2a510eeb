using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore list</c>: all snapshots, oldest first.</summary>
internal static class ListCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var command = new DescribedCommand(
            "list", "List the snapshots, oldest first", "jstore list", "jstore list --json | jq -r '.[-1].name'");
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            IReadOnlyList<Snapshot> snapshots = await repository.ListAsync(cancellationToken).ConfigureAwait(false);
            Print(run, snapshots, await repository.PinsAsync(cancellationToken).ConfigureAwait(false));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Prints them as the command does.</summary>
    internal static void Print(
        Run run, IReadOnlyList<Snapshot> snapshots, IReadOnlyDictionary<SnapshotId, SnapshotPin> pins)
    {
        if (run.Json)
        {
            JsonOutput.WriteList(
                run.Out, snapshots.Select(snapshot => SnapshotJson.Of(snapshot, pins.GetValueOrDefault(snapshot.Id))));
            return;
        }

        if (snapshots.Count == 0)
        {
            run.Notice("no snapshot yet; `jstore snapshot FOLDER` takes one.");
        }

        TableOf(snapshots, pins, run.Shell.Time.LocalTimeZone).WriteTo(run.Out);
    }

    /// <summary>The table that a person sees.</summary>
    internal static Table TableOf(
        IReadOnlyList<Snapshot> snapshots, IReadOnlyDictionary<SnapshotId, SnapshotPin> pins, TimeZoneInfo zone)
    {
        var table = new Table("NAME", "ID", "TIME", ">ENTRIES", ">SIZE", ">ADDED", "STATE", "SOURCES", "MESSAGE");
        foreach (Snapshot snapshot in snapshots)
        {
            SnapshotRecord record = snapshot.Record;
            string tags = string.Concat(record.Tags.Select(tag => $"[{tag}] "));
            table.Add(
                EntryText.Printable(record.Name),
                snapshot.Id.ToString()[..8],
                EntryText.Time(record.Time, zone),
                Size.Count(record.Sources.Sum(source => source.Entries)),
                Size.Text(record.Sources.Sum(source => source.Bytes)),
                Size.Text(record.AddedBytes),
                StateText.Of(record, pins.ContainsKey(snapshot.Id)),
                Roots(record.Sources),
                EntryText.Printable(tags + record.Message).TrimEnd());
        }

        return table;
    }

    private static string Roots(IReadOnlyList<SnapshotSource> sources)
    {
        const int Shown = 3;
        string names = string.Join(", ", sources.Take(Shown).Select(source => EntryText.Printable(source.Root)));
        return sources.Count > Shown ? $"{names} and {sources.Count - Shown} more" : names;
    }
}
