using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Requests;
using JadaStore.Store.Retention;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore prune</c>: frees what no snapshot needs.</summary>
internal static class PruneCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var grace = new Option<string?>("--grace")
        {
            Description = "How long what goes can be taken back (default: 7d)", HelpName = "TIME",
        };
        var now = new Option<bool>("--now")
        {
            Description = "Take back nothing: delete at once, forgotten snapshots too",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done, and touch nothing" };
        var knownLosses = new Option<bool>("--known-losses")
        {
            Description = "Go on though `repair` noted losses; what else only the lost files needed is freed",
        };
        var liveShare = new Option<string?>("--live-share")
        {
            Description = "Rewrite packs of which less is needed (default: 50%; 0: none)", HelpName = "PERCENT",
        };
        var maxRewrite = new Option<string?>("--max-rewrite")
        {
            Description = "Copy no more than that", HelpName = "SIZE",
        };
        var command = new DescribedCommand(
            "prune",
            "Free what no snapshot needs: first condemned, deleted by a later prune",
            "jstore prune --dry-run          # what would go, and when",
            "jstore prune                    # after every forget: what was condemned a week ago goes",
            "jstore prune --now              # all of it goes at once; nothing can be brought back then",
            "jstore prune --max-rewrite 10G  # in a night of its own")
        {
            grace, now, dryRun, liveShare, maxRewrite, knownLosses,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            var request = new PruneRequest
            {
                Grace = Grace(run.Get(grace), run.Get(now), run.Shell.Time.GetUtcNow()),
                LiveShare = LiveShare(run.Get(liveShare)),
                KnownLosses = run.Get(knownLosses),
                MaxRewrite = run.Get(maxRewrite) is { } most ? ByteCount.Read("--max-rewrite", most) : null,
                DryRun = run.Get(dryRun),
            };
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            PruneReport report;
            using (IProgressOutput? progress = run.Progress())
            {
                report = await repository.PruneAsync(request, progress, cancellationToken).ConfigureAwait(false);
            }

            if (run.Json)
            {
                JsonOutput.Write(run.Out, PruneJson.Of(report));
            }
            else
            {
                PruneText.Write(run.Out, report);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static TimeSpan Grace(string? grace, bool now, DateTimeOffset time) => (grace, now) switch
    {
        (null, true) => TimeSpan.Zero,
        (null, false) => new PruneRequest().Grace,
        (_, true) => throw new UsageException("--grace leaves time to take things back, --now none: give one of them."),
        ({ } text, false) => Length(Duration.Read("--grace", text), time),
    };

    // A month is as long as the last one was.
    private static TimeSpan Length(CalendarSpan grace, DateTimeOffset now) => now - grace.Before(now);

    private static double LiveShare(string? text) => text switch
    {
        null => new PruneRequest().LiveShare,
        "0" or "0%" => 0,
        _ => Percent.Share("--live-share", text),
    };
}
