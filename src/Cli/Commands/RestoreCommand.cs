using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Cli.Sources;
using JadaStore.Collectors.S3.Config;
using JadaStore.Store;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore restore</c>: brings things back.</summary>
internal sealed class RestoreCommand
{
    private readonly Option<string?> _snapshot;
    private readonly Option<string[]> _paths = new("--path", "-p")
    {
        Description = "A file, or a folder with all below it; may be repeated; else everything",
    };

    private readonly Option<string> _to = new("--to", "-t")
    {
        Description = "A folder, or s3://BUCKET[/PREFIX]; else the working folder",
        HelpName = "WHERE",
        DefaultValueFactory = _ => ".",
    };

    private readonly Option<bool> _dryRun =
        new("--dry-run", "-n") { Description = "Say what would be done, and do nothing" };

    private readonly Option<string> _overwrite = new("--overwrite")
    {
        Description = "What to do where something else stands: never, changed or always",
        HelpName = "WHEN",
        DefaultValueFactory = _ => "never",
    };

    private readonly Option<bool> _delete = new("--delete")
    {
        Description = "Remove what stands at or below the paths and is not in the snapshot",
    };

    private readonly Option<bool> _deleteExcluded = new("--delete-excluded")
    {
        Description = "With --delete: also what the snapshot left out by rule",
    };

    private readonly Option<string?> _headers = new("--headers")
    {
        Description = "Write headers and tags of objects into a file: a line of JSON each",
        HelpName = "FILE",
    };

    private readonly Option<bool> _withConfig = new("--with-config")
    {
        Description = "With a bucket: put its captured configuration back too",
    };

    private readonly AwsFlags _aws = new();

    private RestoreCommand(Door door)
    {
        _snapshot = door.SnapshotOption("From which snapshot; else the latest");
        _overwrite.AcceptOnlyFromAmong("never", "changed", "always");
    }

    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var it = new RestoreCommand(door);
        var command = new DescribedCommand(
            "restore",
            "Bring files back",
            "jstore restore --path local/site/index.html --to /tmp/back",
            "jstore restore --snapshot v1.0 --path site --to / --dry-run",
            "jstore restore --path site --overwrite changed --delete   # exactly as it was",
            "jstore restore --path s3/sailjada.com --to s3://sailjada.com --overwrite changed --delete")
        {
            it._snapshot, it._paths, it._to, it._dryRun, it._overwrite, it._delete, it._deleteExcluded, it._headers,
            it._withConfig,
        };
        it._aws.AddTo(command);
        door.Does(command, it.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(Run run, CancellationToken cancellationToken)
    {
        if (run.Get(_deleteExcluded) && !run.Get(_delete))
        {
            throw new UsageException("--delete-excluded goes with --delete: give both.");
        }

        if (run.Get(_headers) is not null && run.Get(_dryRun))
        {
            throw new UsageException("--headers writes a file, and --dry-run writes nothing: give one of them.");
        }

        string location = run.Location.Path;
        bool dryRun = run.Get(_dryRun);
        await using RestoreDestination to = RestoreDestination.Open(
            run.Get(_to), run.Shell.Folder, location, _aws.Of(run), compareHeaders: run.Get(_overwrite) == "changed");
        await using Repository repository = await run.OpenAsync(location, cancellationToken).ConfigureAwait(false);
        Snapshot snapshot =
            await repository.FindSnapshotAsync(run.Get(_snapshot) ?? "latest", cancellationToken).ConfigureAwait(false);
        if (run.Get(_withConfig) && !to.IsWholeBucket)
        {
            throw new UsageException("--with-config goes with a whole bucket: --to s3://BUCKET.");
        }

        BucketRestore what = to.IsBucket
            ? BucketRestore.Of(snapshot, run.Get(_paths), run.Get(_withConfig))
            : new BucketRestore(run.Get(_paths), null);
        var actions = new List<ActionJson>();
        RestoreReport report;
        IReadOnlyList<ConfigStep> config = [];
        using (HeadersFile? headers = OpenHeaders(run))
        using (IProgressOutput? progress = run.Progress())
        {
            RestoreRequest request = Request(run, snapshot, what, to, headers, actions);
            report = await RestoreAsync(repository, request, to, progress, cancellationToken).ConfigureAwait(false);
            if (request.Paths.Count == 0 && !to.IsBucket)
            {
                report = await RestoredManifest.AddAsync(report, request, to.Target, cancellationToken)
                    .ConfigureAwait(false);
            }

            if (what.ConfigRoot is not null)
            {
                // Last: a policy may forbid writing.
                config = await what.RestoreConfigAsync(
                    repository, snapshot, to.Config, dryRun, request.Delete, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (string note in to.Notes)
        {
            run.Notice(note);
        }

        PrintConfig(run, config, dryRun);
        Print(
            run, report, what.ConfigRoot is null ? null : config, snapshot.Record.Name, to.Shown,
            dryRun ? actions : null);
        return report.Damaged ? ExitCode.Damaged
            : report.Errors.Count == 0 && config.All(step => step.Failure is null) ? ExitCode.Done
            : ExitCode.Failed;
    }

    private static async Task<RestoreReport> RestoreAsync(
        Repository repository, RestoreRequest request, RestoreDestination to, IProgressOutput? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            return await repository.RestoreAsync(request, to.Target, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (request.WithoutRoot && e.Fault == StoreFault.Ambiguous)
        {
            throw new UsageException($"{e.Message} {e.Hint}");
        }
    }

    private HeadersFile? OpenHeaders(Run run) => run.Get(_headers) is { } file
        ? new HeadersFile(Path.GetFullPath(file, run.Shell.Folder)) : null;

    private RestoreRequest Request(
        Run run, Snapshot snapshot, BucketRestore what, RestoreDestination to, HeadersFile? headers,
        List<ActionJson> actions) => new()
    {
        Snapshot = snapshot,
        Paths = what.Paths,
        WithoutRoot = to.IsBucket,
        Overwrite = run.Get(_overwrite) switch
        {
            "changed" => Overwrite.Changed,
            "always" => Overwrite.Always,
            _ => Overwrite.Never,
        },
        Delete = run.Get(_delete),
        DeleteExcluded = run.Get(_deleteExcluded),
        DryRun = run.Get(_dryRun),
        OnAction = run.Get(_dryRun) ? action => Note(run, action, actions) : headers is null ? null : headers.Add,
    };

    private static void Note(Run run, RestoreAction action, List<ActionJson> actions)
    {
        ActionJson noted = ActionJson.Of(action);
        lock (actions)
        {
            actions.Add(noted);
            if (!run.Json)
            {
                run.Shell.Print($"{noted.Action.Replace('_', ' '),-14}  {noted.Path}");
            }
        }
    }

    private static void PrintConfig(Run run, IReadOnlyList<ConfigStep> config, bool dryRun)
    {
        foreach (ConfigStep step in config)
        {
            ConfigStepJson shown = ConfigStepJson.Of(step);
            if (step.Failure is not null)
            {
                run.Shell.Tell($"jstore: could not {shown.Action} the bucket's {step.Path}: {step.Failure}");
            }
            else if (dryRun && !run.Json)
            {
                run.Shell.Print($"{shown.Action,-14}  the bucket's {step.Path}");
            }
        }
    }

    private static void Print(
        Run run, RestoreReport report, IReadOnlyList<ConfigStep>? config, string snapshot, string where,
        IReadOnlyList<ActionJson>? actions)
    {
        foreach (SourceError error in report.Errors)
        {
            run.Shell.Tell($"jstore: could not restore {error.Path}: {error.Message}");
        }

        if (report.Damaged)
        {
            run.Shell.Tell("jstore: the repository is damaged: `jstore verify --data` lists all that is hit, `jstore repair` mends what can be mended.");
        }

        foreach (EscapedName escaped in report.Escaped)
        {
            run.Notice($"{escaped.Path} {(actions is null ? "is" : "would be")} restored as {escaped.Name}");
        }

        if (run.Json)
        {
            JsonOutput.Write(
                run.Out, RestoreJson.Of(snapshot, report, config?.Select(ConfigStepJson.Of).ToList(), actions));
            return;
        }

        string right = report.Skipped > 0 ? $", {Size.Count(report.Skipped)} right already" : "";
        string deleted = report.Deleted > 0 ? $", {Size.Count(report.Deleted)} removed" : "";
        string failed = report.Errors.Count > 0 ? $", {Size.Count(report.Errors.Count)} FAILED" : "";
        string verb = actions is null ? "restored" : "would restore";
        int parts = config?.Count(step => step.Failure is null) ?? 0;
        string configured = parts > 0 ? $", {Size.Count(parts, "part", "parts")} of its configuration" : "";
        run.Shell.Print(
            $"{verb} {Size.Count(report.Files, "entry", "entries")}, {Size.Text(report.Bytes)} "
            + $"from {snapshot} to {where}{right}{deleted}{failed}{configured}");
        if (report.Kept > 0)
        {
            run.Notice(
                $"{Size.Count(report.Kept, "entry", "entries")} left as they are, because something else stands there; "
                + "--overwrite changed replaces them.");
        }
    }
}
