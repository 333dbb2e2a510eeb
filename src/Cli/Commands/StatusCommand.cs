using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Cli.Repositories;
using JadaStore.Cli.Sources;
using JadaStore.Store;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Retention;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore status</c>: whether the newest snapshot is as it should be; for people, and for whoever watches
/// over machines.</summary>
internal static class StatusCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var maxAge = new Option<string?>("--max-age")
        {
            Description = "Fail when the newest snapshot, or that of any source, is older: 24h, 7d, 2w, 1m (a month)",
            HelpName = "TIME",
        };
        var command = new DescribedCommand(
            "status",
            "Say how old and how whole the newest snapshots are; fail when one is too old, the newest partial, or has an alarm",
            "jstore status --max-age 24h    # for cron: exit code 1 too old or none, 3 partial, 4 alarm")
        {
            maxAge,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            CalendarSpan? most = run.Get(maxAge) is { } text ? Duration.Read("--max-age", text) : null;
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            RepositoryStatus status = await repository.StatusAsync(cancellationToken).ConfigureAwait(false);
            DateTimeOffset now = run.Shell.Time.GetUtcNow();
            var problems = new List<(int Code, string Text)>();
            IReadOnlyList<Snapshot> all = await repository.ListAsync(cancellationToken).ConfigureAwait(false);
            IReadOnlyDictionary<SnapshotId, SnapshotPin> pins =
                await repository.PinsAsync(cancellationToken).ConfigureAwait(false);
            (Snapshot, SnapshotAlarm, Snapshot)[] standing = [.. StandingAlarms.Among(status.Newest, all, pins)];
            if (status.Newest is { Record.Alarms.Count: > 0 } alarmed)
            {
                problems.AddRange(AlarmText.Lines(alarmed, all, pins).Select(line => (ExitCode.Alarm, line)));
            }

            problems.AddRange(Problems(status.Newest, most, now));
            if (most is { } span && status.Newest is not null)
            {
                var watched = new WatchedSources(Listed(run));
                problems.AddRange(OldSources.Lines(status, watched, span, now).Select(line => (ExitCode.Failed, line)));
            }

            problems.AddRange(Partial(status.Newest));
            string[] lines = [.. problems.Select(problem => problem.Text)];
            if (run.Json)
            {
                JsonOutput.Write(run.Out, StatusJson.Of(status, lines, standing, now));
            }
            else
            {
                Print(run, status, standing, now);
                foreach (string line in lines)
                {
                    run.Shell.Tell($"jstore: {line}");
                }
            }

            return problems.Count == 0 ? ExitCode.Done : problems[0].Code;
        });
        return command;
    }

    private static IReadOnlyList<SourceTable> Listed(Run run)
    {
        ConfigFile? config = ConfigFile.FindUpwards(run.Shell.Folder);
        if (config is null || config.IsFor(run.Location.Path))
        {
            return config?.Sources ?? [];
        }

        run.Shell.Tell($"jstore: {ConfigFile.Name} is for {config.Repository}: watched is what was taken lately, not what it lists.");
        return [];
    }

    // The worst first; that of the process is the first one's code.
    private static IEnumerable<(int Code, string Text)> Problems(
        Snapshot? newest, CalendarSpan? most, DateTimeOffset now)
    {
        if (newest is null)
        {
            yield return (ExitCode.Failed, "there is no snapshot.");
            yield break;
        }

        string name = EntryText.Printable(newest.Record.Name);
        string age = Age.Text(now - newest.Record.Time);
        if (most is { } span && newest.Record.Time < span.Before(now))
        {
            yield return (ExitCode.Failed, $"the newest snapshot, {name}, is {age} old; --max-age is {span}.");
        }

        if (most is not null && newest.Record.Time > now + OldSources.Skew)
        {
            yield return (ExitCode.Failed, $"the newest snapshot, {name}, is dated {age}, so its age cannot be told.");
        }
    }

    private static IEnumerable<(int Code, string Text)> Partial(Snapshot? newest)
    {
        if (newest?.Record.Sources.All(source => source.Complete) == false)
        {
            string name = EntryText.Printable(newest.Record.Name);
            yield return (
                ExitCode.Partial,
                $"the newest snapshot, {name}, is partial; `jstore manifest {name}` names what it lacks.");
        }
    }

    private static void Print(
        Run run, RepositoryStatus status, (Snapshot, SnapshotAlarm, Snapshot)[] standing, DateTimeOffset now)
    {
        if (status.Newest is { } newest)
        {
            run.Out.WriteLine(
                $"newest     {EntryText.Printable(newest.Record.Name)}, "
                + $"{EntryText.Time(newest.Record.Time, run.Shell.Time.LocalTimeZone)}, {AgeText(newest, now)}, "
                + StateText.Of(newest.Record, isPinned: false));
        }

        run.Out.WriteLine(
            $"snapshots  {Size.Count(status.Snapshots)}, {Size.Count(status.Pinned)} pinned, "
            + $"{Size.Count(status.Forgotten)} forgotten that can be brought back");
        foreach ((Snapshot, SnapshotAlarm, Snapshot) alarm in standing)
        {
            run.Out.WriteLine($"ALARM      {StandingAlarms.Text(alarm)}");
        }

        var table = new Table("SERIES", "NEWEST", "AGE", "STATE", "NEWEST COMPLETE", "AGE");
        foreach (SeriesStatus series in status.Series)
        {
            Snapshot? whole = series.NewestComplete;
            table.Add(
                EntryText.Printable(series.Name),
                EntryText.Printable(series.Newest.Record.Name),
                Age.Text(now - series.Newest.Record.Time),
                series.IsComplete ? "complete" : "partial",
                whole is null ? "none" : EntryText.Printable(whole.Record.Name),
                whole is null ? "" : Age.Text(now - whole.Record.Time));
            foreach (SourceAge older in OldSources.BehindTheirSeries(status, series))
            {
                table.Add(
                    "  " + EntryText.Printable(older.Name), EntryText.Printable(older.Newest.Record.Name),
                    Age.Text(now - older.Newest.Record.Time), "", "", "");
            }
        }

        table.WriteTo(run.Out);
    }

    private static string AgeText(Snapshot snapshot, DateTimeOffset now) =>
        Age.Text(now - snapshot.Record.Time) + (snapshot.Record.Time > now ? "" : " ago");
}
