using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore pin</c>: keeps a snapshot from being forgotten.</summary>
internal static class PinCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        Argument<string> snapshot = door.Snapshot("snapshot", "A name, an id's first digits, or latest");
        var message = new Option<string>("--message", "-m")
        {
            Description = "Why",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "",
        };
        var command = new DescribedCommand(
            "pin", "Keep a snapshot from ever being forgotten, by rule or by name", "jstore pin v1.3 -m 'before the move'")
        {
            snapshot, message,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            Snapshot it =
                await repository.FindSnapshotAsync(run.Get(snapshot), cancellationToken).ConfigureAwait(false);
            bool isNew = await repository.PinAsync(it, run.Get(message), cancellationToken).ConfigureAwait(false);
            IReadOnlyDictionary<SnapshotId, SnapshotPin> pins =
                await repository.PinsAsync(cancellationToken).ConfigureAwait(false);
            SnapshotPin? pin = pins.GetValueOrDefault(it.Id);
            if (run.Json)
            {
                JsonOutput.Write(run.Out, SnapshotJson.Of(it, pin));
                return ExitCode.Done;
            }

            string reason = pin is { Reason.Length: > 0 } ? $": {EntryText.Printable(pin.Reason)}" : "";
            run.Out.WriteLine(
                $"{EntryText.Printable(it.Record.Name)} {(isNew ? "is pinned" : "was pinned already")}{reason}");
            return ExitCode.Done;
        });
        return command;
    }
}
