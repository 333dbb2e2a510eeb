using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore undelete</c>: brings forgotten snapshots back, or lists those that can be.</summary>
internal static class UndeleteCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var names = new Argument<string[]>("snapshot")
        {
            Description = "Names, or first digits of ids; without any, those that can be brought back are listed",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new DescribedCommand(
            "undelete", "Bring forgotten snapshots back, or list those that can be", "jstore undelete", "jstore undelete v1.3")
        {
            names,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (run.Get(names) is { Length: > 0 } wanted)
            {
                IReadOnlyList<Snapshot> back =
                    await repository.UndeleteAsync(wanted, cancellationToken).ConfigureAwait(false);
                PrintBack(run, back, await repository.PinsAsync(cancellationToken).ConfigureAwait(false));
            }
            else
            {
                PrintForgotten(run, await repository.ForgottenAsync(cancellationToken).ConfigureAwait(false));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void PrintBack(
        Run run, IReadOnlyList<Snapshot> back, IReadOnlyDictionary<SnapshotId, SnapshotPin> pins)
    {
        if (run.Json)
        {
            JsonOutput.WriteList(
                run.Out, back.Select(snapshot => SnapshotJson.Of(snapshot, pins.GetValueOrDefault(snapshot.Id))));
            return;
        }

        foreach (Snapshot snapshot in back)
        {
            run.Out.WriteLine($"{EntryText.Printable(snapshot.Record.Name)} is back, and all that it needs is there");
        }
    }

    private static void PrintForgotten(Run run, IReadOnlyList<ForgottenSnapshot> forgotten)
    {
        if (run.Json)
        {
            JsonOutput.WriteList(run.Out, forgotten.Select(ForgottenJson.Of));
            return;
        }

        if (forgotten.Count == 0)
        {
            run.Notice("no forgotten snapshot can be brought back.");
        }

        var table = new Table("NAME", "ID", "TIME", "FORGOTTEN", "WHY", "MESSAGE");
        foreach (ForgottenSnapshot one in forgotten)
        {
            table.Add(
                EntryText.Printable(one.Snapshot.Record.Name),
                one.Snapshot.Id.ToString()[..8],
                EntryText.Time(one.Snapshot.Record.Time, run.Shell.Time.LocalTimeZone),
                EntryText.Time(one.Forgotten, run.Shell.Time.LocalTimeZone),
                EntryText.Printable(one.Reason),
                EntryText.Printable(one.Snapshot.Record.Message));
        }

        table.WriteTo(run.Out);
    }
}
