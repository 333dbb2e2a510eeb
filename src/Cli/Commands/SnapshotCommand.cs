using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Cli.Repositories;
using JadaStore.Cli.Sources;
using JadaStore.Store;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore snapshot</c>: takes one.</summary>
internal sealed class SnapshotCommand
{
    private readonly SourceFlags _sources = new();
    private readonly Option<string?> _name = new("--name", "-n")
    {
        Description = "Its name; else it counts up: v1.0, v1.1, …",
    };
    private readonly Option<bool> _major = new("--major") { Description = "Count up the first number: v2.0" };
    private readonly Option<string> _message = new("--message", "-m")
    {
        Description = "What you say of it", HelpName = "TEXT",
    };
    private readonly Option<string[]> _tags = new("--tag", "-t")
    {
        Description = "A word to choose it by; may be repeated",
    };

    private readonly Option<bool> _force = new("--force", "-f")
    {
        Description = "Read everything, even what seems unchanged",
    };
    private readonly Option<string> _compression = new("--compression")
    {
        Description = "fast, high or none", HelpName = "LEVEL",
    };

    private readonly Option<bool> _lightsailSnapshots = new("--lightsail-snapshots")
    {
        Description = "Ask Lightsail first to make a snapshot of every instance; it stays in the account",
    };

    private SnapshotCommand()
    {
        _compression.AcceptOnlyFromAmong("fast", "high", "none");
        _compression.DefaultValueFactory = _ => "fast";
        _message.DefaultValueFactory = _ => "";
    }

    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var it = new SnapshotCommand();
        var command = new DescribedCommand(
            "snapshot",
            "Take a snapshot",
            "jstore snapshot ./site",
            "jstore snapshot                # everything that jstore.toml says",
            "jstore snapshot ./site=sailjada.com ./tools -m 'before launch' --tag release",
            "jstore snapshot ~ --exclude node_modules/ --exclude '*.tmp' --one-file-system",
            "jstore snapshot s3://sailjada.com s3://assets.example.org/site/ --profile web",
            "jstore snapshot s3://sailjada.com --versions all   # earlier versions and delete markers too")
        {
            it._name, it._major, it._message, it._tags, it._force, it._compression,
            it._lightsailSnapshots,
        };
        it._sources.AddTo(command);
        door.Does(command, it.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(Run run, CancellationToken cancellationToken)
    {
        RepositoryLocation location = run.Location;
        SnapshotRequest request = await RequestAsync(run, location.Path, cancellationToken).ConfigureAwait(false);
        await using Repository repository =
            await OpenOrMakeAsync(run, location, cancellationToken).ConfigureAwait(false);
        Snapshot snapshot;
        TimeProvider time = run.Shell.Time;
        long start = time.GetTimestamp();
        using (IProgressOutput? progress = run.Progress())
        {
            snapshot = await repository.SnapshotAsync(request, progress, cancellationToken).ConfigureAwait(false);
        }

        Print(run, snapshot, time.GetElapsedTime(start));
        int code = ReportErrors(run, snapshot.Record);
        return snapshot.Record.Alarms.Count == 0
            ? code : await ReportAlarmsAsync(run, repository, snapshot, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SnapshotRequest> RequestAsync(Run run, string repository, CancellationToken cancellationToken)
    {
        string? name = run.Get(_name);
        if (name is not null && run.Get(_major))
        {
            throw new UsageException("--name and --major cannot both be given: --major counts the name up by itself.");
        }

        IReadOnlyList<ChosenSource> chosen =
            await _sources.ChooseAsync(
                run, repository, cancellationToken, run.Get(_lightsailSnapshots)).ConfigureAwait(false);
        ConfigFile? config = ConfigFile.FindUpwards(run.Shell.Folder);
        return new SnapshotRequest
        {
            Sources = SourceChoice.Group(chosen),
            Listings = [.. chosen.Select(one => one.Listing).OfType<SourceListing>().Distinct()],
            Alarm = config is null ? new AlarmLimits() : config.Alarm,
            Name = name,
            Major = run.Get(_major),
            Message = run.Get(_message),
            Tags = run.Get(_tags),
            Force = run.Get(_force),
            Compression = run.Get(_compression) switch
            {
                "high" => Compression.High,
                "none" => Compression.None,
                _ => Compression.Fast,
            },
            Program = VersionCommand.Text,
        };
    }

    /// <summary>
    /// Nobody named a repository and there is none here: it is made, open unless a password is at hand, and said so.
    /// </summary>
    private static async Task<Repository> OpenOrMakeAsync(
        Run run, RepositoryLocation location, CancellationToken cancellationToken)
    {
        if (!location.IsDefault || Repository.Exists(location.Path))
        {
            return await run.OpenAsync(location.Path, cancellationToken).ConfigureAwait(false);
        }

        string? password = run.Passwords.Given();
        var options = new CreateOptions { Password = password, Label = Environment.MachineName };
        Repository made = await Repository.CreateAsync(location.Path, options, cancellationToken).ConfigureAwait(false);
        string opens = password is null ? "no password; `jstore key add` sets one" : "sealed with the password given";
        run.Notice($"made a repository in {location.Path} ({opens}).");
        return made;
    }

    private static void Print(Run run, Snapshot snapshot, TimeSpan took)
    {
        if (run.Json)
        {
            JsonOutput.Write(run.Out, SnapshotJson.Of(snapshot));
            return;
        }

        SnapshotRecord record = snapshot.Record;
        long entries = record.Sources.Sum(source => source.Entries);
        long bytes = record.Sources.Sum(source => source.Bytes);
        string partial = record.Sources.All(source => source.Complete) ? "" : "  PARTIAL";
        string alarm = record.Alarms.Count == 0 ? "" : "  ALARM";
        run.Shell.Print(
            $"{EntryText.Printable(record.Name)}  {snapshot.Id.ToString()[..12]}  {Size.Count(entries, "entry", "entries")}  {Size.Text(bytes)}"
            + $"  added {Size.Text(record.AddedBytes)}, stored {Size.Text(record.StoredBytes)}  {Size.Duration(took)}{partial}{alarm}");
    }

    // Said whatever is to be quiet: who reads nothing else should read this.
    private static async Task<int> ReportAlarmsAsync(
        Run run, Repository repository, Snapshot snapshot, CancellationToken cancellationToken)
    {
        IReadOnlyList<Snapshot> all = await repository.ListAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<SnapshotId, SnapshotPin> pins =
            await repository.PinsAsync(cancellationToken).ConfigureAwait(false);
        foreach (string line in AlarmText.Lines(snapshot, all, pins))
        {
            run.Shell.Tell($"jstore: {line}");
        }

        return ExitCode.Alarm;
    }

    private static int ReportErrors(Run run, SnapshotRecord record)
    {
        foreach (SnapshotSource source in record.Sources)
        {
            foreach (SourceError error in source.Errors)
            {
                string path = error.Path.Length == 0 ? source.Root : $"{source.Root}/{error.Path}";
                run.Shell.Tell($"jstore: could not read {path}: {error.Message}");
            }

            if (source.ErrorCount > source.Errors.Count)
            {
                long more = source.ErrorCount - source.Errors.Count;
                run.Shell.Tell($"jstore: {source.Root}: and {Size.Count(more)} more.");
            }
        }

        foreach (string gap in record.Sources.SelectMany(CoverageText.Gaps))
        {
            run.Notice(gap);
        }

        return record.Sources.All(source => source.Complete) ? ExitCode.Done : ExitCode.Partial;
    }
}
