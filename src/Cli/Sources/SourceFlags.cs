using System.CommandLine;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Sources;

/// <summary>The words and options that say what is taken; the same for all commands that look at sources.</summary>
internal sealed class SourceFlags
{
    private readonly Argument<string[]> _sources = new("source")
    {
        Description = "A folder, FOLDER=NAME to name its root, s3://BUCKET[/PREFIX], aws://SERVICE[/REGION], or the "
            + "name of a [[source]] in jstore.toml; else all that jstore.toml says",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _exclude = new("--exclude", "-e")
    {
        Description = "Leave out what matches, as in .gitignore; may be repeated",
        HelpName = "PATTERN",
    };

    private readonly Option<string[]> _excludeFiles = new("--exclude-file")
    {
        Description = "A file of such patterns; may be repeated",
        HelpName = "FILE",
    };

    private readonly Option<bool> _oneFileSystem = new("--one-file-system", "-x")
    {
        Description = "Do not descend into other file systems",
    };

    private readonly Option<string?> _versions = new("--versions")
    {
        Description = "Of buckets: current objects only, or all earlier versions and delete markers too; "
            + "else what jstore.toml says, else current",
        HelpName = "current|all",
    };

    private readonly Option<bool> _withConfig = new("--with-config")
    {
        Description = "Of buckets that are typed: their own configuration too, under s3-config/BUCKET",
    };

    private readonly AwsFlags _aws = new();

    /// <summary>All of them, none given yet.</summary>
    public SourceFlags() => _versions.AcceptOnlyFromAmong("current", "all");

    /// <summary>Makes them arguments and options of the command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_sources);
        command.Add(_exclude);
        command.Add(_excludeFiles);
        command.Add(_oneFileSystem);
        command.Add(_versions);
        command.Add(_withConfig);
        _aws.AddTo(command);
    }

    /// <summary>What is meant, before anything is asked for.</summary>
    /// <exception cref="UsageException">A word cannot be meant.</exception>
    public SourceChoice Chosen(Run run) => SourceChoice.Of(run.Get(_sources), run.Shell.Folder);

    /// <summary>Each source that is meant.</summary>
    /// <param name="run">What was typed.</param>
    /// <param name="repository">As a full path; never read as a source.</param>
    /// <param name="cancellationToken">Stops asking for buckets and regions.</param>
    /// <param name="makesInstanceSnapshots">Whether Lightsail is asked to make a snapshot of every instance.</param>
    /// <exception cref="UsageException">There is nothing to take, or a word cannot be meant.</exception>
    public Task<IReadOnlyList<ChosenSource>> ChooseAsync(
        Run run, string repository, CancellationToken cancellationToken, bool makesInstanceSnapshots = false)
    {
        var rules = new FolderRules(
            run.Get(_exclude), run.Get(_excludeFiles), run.Get(_oneFileSystem), LeaveOut: [repository])
        {
            AllVersions = run.Get(_versions) is { } versions ? versions == "all" : null,
            WithConfig = run.Get(_withConfig),
            InstanceSnapshots = makesInstanceSnapshots ? run.Shell.Time.GetUtcNow() : null,
        };
        return Chosen(run).OpenAsync(
            run.Shell.Folder, rules, _aws.Of(run), token => KnownBuckets.OfAsync(run, repository, token),
            cancellationToken);
    }

    /// <summary>A collector for each source that is meant.</summary>
    /// <param name="run">What was typed.</param>
    /// <param name="repository">As a full path; never read as a source.</param>
    /// <param name="cancellationToken">Stops asking for buckets and regions.</param>
    /// <exception cref="UsageException">There is nothing to take, or a word cannot be meant.</exception>
    public async Task<IReadOnlyList<ICollector>> OpenAsync(
        Run run, string repository, CancellationToken cancellationToken) =>
        SourceChoice.Group(await ChooseAsync(run, repository, cancellationToken).ConfigureAwait(false));
}
