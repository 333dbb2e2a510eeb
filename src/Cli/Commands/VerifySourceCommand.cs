using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Cli.Sources;
using JadaStore.Store;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore verify-source</c>: whether a source is what its listing says it is.</summary>
internal static class VerifySourceCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var sources = new SourceFlags();
        var share = new Option<string>("--share")
        {
            Description = "How much of what seems unchanged is read again; another part each day, "
                + "all within 3 / share days",
            HelpName = "PERCENT",
            DefaultValueFactory = _ => "5%",
        };
        Option<string?> snapshot = door.SnapshotOption("What the sources are compared with; the latest unless said");
        var command = new DescribedCommand(
            "verify-source",
            "Read a share of what sources list as unchanged again, and compare it with a snapshot",
            "jstore verify-source                          # 5% of everything that jstore.toml says, for every night",
            "jstore verify-source ./photos --share 100%    # bit rot: every file, whatever its time says",
            "jstore verify-source s3://sailjada.com        # headers and tags too, which a listing does not show")
        {
            share, snapshot,
        };
        sources.AddTo(command);
        door.Does(command, async (run, cancellationToken) =>
        {
            double part = Percent.Share("--share", run.Get(share));
            string location = run.Location.Path;
            IReadOnlyList<ICollector> collectors =
                await sources.OpenAsync(run, location, cancellationToken).ConfigureAwait(false);
            await using Repository repository = await run.OpenAsync(location, cancellationToken).ConfigureAwait(false);
            Snapshot with = await repository.FindSnapshotAsync(run.Get(snapshot) ?? "latest", cancellationToken)
                .ConfigureAwait(false);
            var request = new VerifySourceRequest { Sources = collectors, Snapshot = with, Share = part };
            VerifySourceReport report;
            using (IProgressOutput? progress = run.Progress())
            {
                report = await repository.VerifySourceAsync(request, progress, cancellationToken).ConfigureAwait(false);
            }

            Print(run, with.Record.Name, report);
            return report.Differing.Count > 0 ? ExitCode.Damaged
                : report.Errors.Count > 0 ? ExitCode.Partial
                : ExitCode.Done;
        });
        return command;
    }

    private static void Print(Run run, string snapshot, VerifySourceReport report)
    {
        foreach (SourceError error in report.Errors)
        {
            run.Shell.Tell($"jstore: could not read {error.Path}: {error.Message}");
        }

        if (run.Json)
        {
            JsonOutput.Write(run.Out, VerifySourceJson.Of(snapshot, report));
            return;
        }

        foreach (SourceDifference one in report.Differing)
        {
            run.Shell.Print($"{one.Path}  {one.What}");
        }

        string verdict = report.Differing.Count == 0
            ? "all agree"
            : $"{Size.Count(report.Differing.Count, "differs", "differ")}: changed at the source without its listing "
                + "showing it, or damaged there";
        string entries = Size.Count(report.Entries, "entry", "entries");
        run.Shell.Print(
            $"checked {Size.Count(report.Checked)} of {entries}, {Size.Text(report.Bytes)}: {verdict}");
    }
}
