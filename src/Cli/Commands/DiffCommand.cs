using System.CommandLine;
using JadaStore.Cli.Estate;
using JadaStore.Cli.Output;
using JadaStore.Cli.Patches;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore diff</c>: what changed between two snapshots.</summary>
internal sealed class DiffCommand
{
    private readonly Argument<string> _older;
    private readonly Argument<string> _newer;
    private readonly Option<string[]> _paths = new("--path", "-p")
    {
        Description = "Only at or below this path; may be repeated",
    };
    private readonly Option<bool> _stat = new("--stat") { Description = "How the sizes changed" };
    private readonly Option<bool> _nameStatus = new("--name-status")
    {
        Description = "A letter and a path a line, nothing else",
    };
    private readonly Option<bool> _patch = new("--patch")
    {
        Description = "Unified diffs of text, members of JSON documents",
    };
    private readonly Option<bool> _exitCode = new("--exit-code")
    {
        Description = "Exit with 1 when there are differences, or when one of them did not look",
    };

    private DiffCommand(Door door)
    {
        _older = door.Snapshot("from", "The one side", "latest~1");
        _newer = door.Snapshot("to", "The other side", "latest");
    }

    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var it = new DiffCommand(door);
        var command = new DescribedCommand(
            "diff",
            "Show what changed between two snapshots: A added, D removed, M modified, U metadata only, ? unknown, N not taken by one",
            "jstore diff v1.0 v1.1                          # of an account: what of each resource changed",
            "jstore diff latest~1 latest --path site --patch",
            "jstore diff v1.0 latest --stat",
            "jstore diff v1.0 v1.1 --exit-code --quiet || echo changed")
        {
            it._older, it._newer, it._paths, it._stat, it._nameStatus, it._patch, it._exitCode,
        };
        door.Does(command, it.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(Run run, CancellationToken cancellationToken)
    {
        bool[] forms = [run.Get(_stat), run.Get(_nameStatus), run.Get(_patch)];
        if (forms.Count(form => form) > 1)
        {
            throw new UsageException(
                "--stat, --name-status and --patch are three forms of one answer: give one of them.");
        }

        await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
        Snapshot older = await repository.FindSnapshotAsync(run.Get(_older), cancellationToken).ConfigureAwait(false);
        Snapshot newer = await repository.FindSnapshotAsync(run.Get(_newer), cancellationToken).ConfigureAwait(false);
        DiffOutput output = OutputOf(run, repository, older, newer);
        IAsyncEnumerable<Change> changes = repository.DiffAsync(older, newer, run.Get(_paths), cancellationToken);
        var summary = new DiffSummary();
        await output.BeginAsync().ConfigureAwait(false);
        await foreach (Change change in changes.ConfigureAwait(false))
        {
            summary.Add(change);
            await output.AddAsync(change, cancellationToken).ConfigureAwait(false);
        }

        await output.EndAsync(summary).ConfigureAwait(false);
        return run.Get(_exitCode) && summary.Any ? ExitCode.Failed : ExitCode.Done;
    }

    private DiffOutput OutputOf(Run run, Repository repository, Snapshot older, Snapshot newer)
    {
        var roots = new EstateRoots(older, newer);
        var names = new DiffNaming(older.Record.Name, newer.Record.Name);
        var documents = new Documents(repository.CopyContentAsync);
        if (run.Json)
        {
            return new DiffJson(run.Out, names, roots, documents);
        }

        if (run.Get(_patch))
        {
            return new DiffPatch(run.Out, names, run.Shell.Color, run.Shell.OutIsTerminal, repository.CopyContentAsync);
        }

        return run.Get(_stat) ? new DiffStat(run.Out, names)
            : run.Get(_nameStatus) ? new DiffNames(run.Out, null, summary: false)
            : new DiffEstate(run.Out, names, roots, new EstateSides(repository, older, newer), documents);
    }
}
