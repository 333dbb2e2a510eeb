using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore verify</c>: structure, every byte, or a random part.</summary>
internal static class VerifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var data = new Option<bool>("--data") { Description = "Read and check every byte" };
        var sample = new Option<string?>("--sample")
        {
            Description = "Read and check a random part", HelpName = "PERCENT",
        };
        var command = new DescribedCommand(
            "verify",
            "Check that everything that snapshots need is there and whole",
            "jstore verify               # structure: every chunk is known and in a pack that is there",
            "jstore verify --data        # every byte",
            "jstore verify --sample 5%   # a random part, for every night")
        {
            data, sample,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            var request = new VerifyRequest { DataShare = Share(run.Get(data), run.Get(sample)) };
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            VerifyReport report;
            using (IProgressOutput? progress = run.Progress())
            {
                report = await repository.VerifyAsync(request, progress, cancellationToken).ConfigureAwait(false);
            }

            Print(run, report, request.DataShare);
            return report.Ok ? ExitCode.Done : ExitCode.Damaged;
        });
        return command;
    }

    /// <summary>0 to 1, from what was typed.</summary>
    /// <exception cref="UsageException">It is no share, or both options are given.</exception>
    internal static double Share(bool data, string? sample)
    {
        if (sample is null)
        {
            return data ? 1 : 0;
        }

        if (data)
        {
            throw new UsageException("--data reads every byte, --sample a part: give one of them.");
        }

        return Percent.Share("--sample", sample);
    }

    private static void Print(Run run, VerifyReport report, double share)
    {
        foreach (DamagedPath path in report.Damaged)
        {
            run.Shell.Tell($"jstore: {(path.LostSince is null ? "damaged" : "lost")}: {LostText.Of(path)}");
        }

        foreach (string problem in report.Problems)
        {
            run.Shell.Tell($"jstore: problem: {problem}");
        }

        foreach (string note in report.Notes)
        {
            run.Notice(note);
        }

        if (run.Json)
        {
            JsonOutput.Write(run.Out, VerifyJson.Of(report));
            return;
        }

        string looked =
            $"{Size.Count(report.Snapshots, "snapshot", "snapshots")}, {Size.Count(report.Chunks, "chunk", "chunks")}";
        string read =
            share > 0 ? $", {Size.Text(report.Bytes)} read and checked" : " (structure only; --data reads every byte)";
        string verdict = report.Ok
            ? "ok"
            : report.OnlyKnownLosses
            ? $"LOST: {Size.Count(report.Damaged.Count, "file", "files")} hit, all of it known; nothing else is wrong"
            : $"DAMAGED: {Size.Count(report.Damaged.Count, "file", "files")} hit, "
                + Size.Count(report.Problems.Count, "problem", "problems");
        run.Shell.Print($"{verdict}: {looked}{read}");
    }
}
