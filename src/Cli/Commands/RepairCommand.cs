using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore repair</c>: puts right what can be put right, names what is lost; parity for what is
/// there.</summary>
internal static class RepairCommand
{
    private const string NoParity = "none";

    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Read everything and say what would be done; write nothing",
        };
        var parity = new Option<string?>("--parity")
        {
            Description = $"From now on so much parity for each pack, old and new; '{NoParity}' takes it away",
            HelpName = "PERCENT",
        };
        var command = new DescribedCommand(
            "repair",
            "Read every byte, put right what can be put right, and name what is lost",
            "jstore repair               # from second copies, parity, and what is sound",
            "jstore repair --dry-run     # what it would do",
            "jstore repair --parity 5%   # give each pack parity that mends bit rot")
        {
            dryRun, parity,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            var request = new RepairRequest { DryRun = run.Get(dryRun), Parity = ParityOf(run.Get(parity)) };
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            RepairReport report;
            using (IProgressOutput? progress = run.Progress())
            {
                report = await repository.RepairAsync(request, progress, cancellationToken).ConfigureAwait(false);
            }

            Print(run, report, request.DryRun);
            bool isDamaged = !report.Ok || (request.DryRun && report.Done.Count > 0);
            return isDamaged ? ExitCode.Damaged : ExitCode.Done;
        });
        return command;
    }

    /// <summary>0 to 1, from what was typed; null when nothing was.</summary>
    /// <exception cref="UsageException">It is no share.</exception>
    internal static double? ParityOf(string? text) => text switch
    {
        null => null,
        NoParity => 0,
        _ => Percent.Share("--parity", text),
    };

    private static void Print(Run run, RepairReport report, bool isDryRun)
    {
        if (run.Json)
        {
            JsonOutput.Write(run.Out, RepairJson.Of(report, isDryRun));
            return;
        }

        foreach (string line in report.Done)
        {
            run.Out.WriteLine((isDryRun ? "would: " : "") + EntryText.Printable(line));
        }

        foreach (string line in report.Left)
        {
            run.Shell.Tell($"jstore: not repaired: {EntryText.Printable(line)}");
        }

        foreach (DamagedPath path in report.Lost)
        {
            run.Shell.Tell($"jstore: lost: {LostText.Of(path)}");
        }

        string read = $"{Size.Text(report.Bytes)} read and checked";
        run.Out.WriteLine(report switch
        {
            { Ok: true, Done.Count: 0 } => $"ok: nothing to repair; {read}",
            { Ok: true } when !isDryRun => $"ok: repaired; {read}",
            { Ok: true } => $"all of this can be repaired; {read}",
            _ => $"LOST: {Size.Count(report.Lost.Count, "file", "files")}, "
                + $"{Size.Count(report.Left.Count, "thing", "things")} not repaired; {read}. "
                + "A snapshot of a source that still has the content brings it back.",
        });
    }
}
