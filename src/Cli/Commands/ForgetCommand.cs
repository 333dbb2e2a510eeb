using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Cli.Repositories;
using JadaStore.Store;
using JadaStore.Store.Requests;
using JadaStore.Store.Retention;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore forget</c>: drops snapshots, by name or by rule.</summary>
internal sealed class ForgetCommand
{
    private readonly KeepFlags _keep = new();
    private readonly Argument<string[]> _names;
    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Only say what would go, and why the rest stays",
    };

    private ForgetCommand(Door door) =>
        _names = door.Snapshots("snapshot", "Names, first digits of ids, or latest; else the rules say what stays");

    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var it = new ForgetCommand(door);
        var command = new DescribedCommand(
            "forget",
            "Drop snapshots, by name or by rule; `undelete` brings them back until `prune` frees what they took",
            "jstore forget v1.3",
            "jstore forget --keep-daily 7 --keep-weekly 5 --keep-monthly 12 --keep-yearly all --dry-run",
            "jstore forget --keep-within 3m --keep-tag release",
            "jstore forget                  # by the [retention] of jstore.toml")
        {
            it._names, it._dryRun,
        };
        it._keep.AddTo(command);
        door.Does(command, it.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(Run run, CancellationToken cancellationToken)
    {
        ForgetRequest request = RequestOf(run);
        await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
        bool dry = run.Get(_dryRun);
        IReadOnlyList<ForgetDecision> plan = dry
            ? await repository.PlanForgetAsync(request, cancellationToken).ConfigureAwait(false)
            : await repository.ForgetAsync(request, cancellationToken).ConfigureAwait(false);
        if (run.Json)
        {
            JsonOutput.WriteList(run.Out, plan.Select(DecisionJson.Of));
        }
        else
        {
            Print(run, plan, dry);
        }

        return ExitCode.Done;
    }

    private ForgetRequest RequestOf(Run run)
    {
        string[] names = run.Get(_names);
        KeepRules rules = _keep.Of(run);
        if (names.Length > 0)
        {
            return rules.IsEmpty
                ? new ForgetRequest { Snapshots = names }
                : throw new UsageException(
                    "Snapshots by name and rules cannot both be given: rules say what stays, names what goes.");
        }

        return new ForgetRequest { Rules = rules.IsEmpty ? Configured(run) : rules };
    }

    // Rules written for one repository must not be let loose on another, which -r or the environment names.
    private static KeepRules Configured(Run run)
    {
        ConfigFile? config = ConfigFile.FindUpwards(run.Shell.Folder);
        if (config?.Retention is not { IsEmpty: false } rules)
        {
            throw new UsageException(
                "Say what to forget: snapshots by name, or what stays (--keep-daily 7, …), here or in the [retention] of "
                + $"{ConfigFile.Name}.");
        }

        string location = run.Location.Path;
        return config.IsFor(location) ? rules : throw new UsageException(
            $"The [retention] of {ConfigFile.Name} is for {config.Repository}, not for {location}; give the rules here.");
    }

    private static void Print(Run run, IReadOnlyList<ForgetDecision> plan, bool dry)
    {
        var table = new Table("NAME", "ID", "TIME", "", "WHY");
        foreach (ForgetDecision decision in plan)
        {
            table.Add(
                EntryText.Printable(decision.Snapshot.Record.Name),
                decision.Snapshot.Id.ToString()[..8],
                EntryText.Time(decision.Snapshot.Record.Time, run.Shell.Time.LocalTimeZone),
                decision.Keep ? "keep" : "forget",
                EntryText.Printable(string.Join("; ", decision.Reasons)));
        }

        table.WriteTo(run.Out);
        int gone = plan.Count(decision => !decision.Keep);
        string of = Size.Count(plan.Count, "snapshot", "snapshots");
        run.Out.WriteLine($"{(dry ? "would forget" : "forgot")} {Size.Count(gone)} of {of}");
        if (!dry && gone > 0)
        {
            run.Notice("`jstore undelete` brings them back, until `jstore prune` frees what they took.");
        }
    }
}
