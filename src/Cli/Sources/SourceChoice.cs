using JadaStore.Cli.Repositories;
using JadaStore.Collectors;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Sources;

/// <summary>What a snapshot is taken of: the words typed, or all that <c>jstore.toml</c> says.</summary>
/// <param name="Tables">Of <c>jstore.toml</c>, and of what is typed like one.</param>
/// <param name="Typed">Folders and buckets that are typed.</param>
/// <param name="Folder">What the tables name is relative to it.</param>
internal sealed record SourceChoice(IReadOnlyList<SourceTable> Tables, IReadOnlyList<string> Typed, string Folder)
{
    /// <summary>
    /// Reads the words. One that is the name of a source in <c>jstore.toml</c> is that source; a folder that is called
    /// so is <c>./NAME</c>.
    /// </summary>
    /// <exception cref="UsageException">A word cannot be meant.</exception>
    /// <exception cref="StoreException"><c>jstore.toml</c> has mistakes.</exception>
    public static SourceChoice Of(IReadOnlyList<string> words, string workingFolder)
    {
        ConfigFile? config = ConfigFile.FindUpwards(workingFolder);
        IReadOnlyList<SourceTable> tables = config?.Sources ?? [];
        string[] typed = [.. words.Where(word => !tables.Any(table => table.Name == word))];
        return new SourceChoice(
            [
                .. words.Count == 0 ? tables : tables.Where(table => words.Contains(table.Name)),
                .. typed.Where(AwsArgument.Fits).Select(AwsArgument.Parse),
            ],
            [.. typed.Where(word => !AwsArgument.Fits(word))],
            config?.Folder ?? workingFolder);
    }

    /// <summary>Opens them, each for itself.</summary>
    /// <param name="workingFolder">What is typed is relative to it.</param>
    /// <param name="rules">What is left out.</param>
    /// <param name="aws">How accounts are reached, where a table does not say.</param>
    /// <param name="knownBuckets">The buckets that earlier snapshots have; asked for where none can be listed.</param>
    /// <param name="cancellationToken">Stops asking for buckets and regions.</param>
    /// <exception cref="UsageException">There is nothing to take, or a word cannot be meant.</exception>
    /// <exception cref="StoreException">Buckets cannot be listed, or two sources take the same.</exception>
    public async Task<IReadOnlyList<ChosenSource>> OpenAsync(
        string workingFolder, FolderRules rules, AwsOptions aws,
        Func<CancellationToken, Task<IReadOnlyList<string>>> knownBuckets, CancellationToken cancellationToken)
    {
        var accesses = new AwsAccesses(aws);
        var configured = new ConfiguredSources(Folder, workingFolder, rules, accesses, knownBuckets);
        IReadOnlyList<ChosenSource> chosen =
        [
            .. Typed.Count > 0 || Tables.Count == 0
                ? SourceArgument.ParseAll(Typed, workingFolder, rules, accesses) : [],
            .. await configured.OpenAsync(Tables, cancellationToken).ConfigureAwait(false),
        ];
        IGrouping<string, ChosenSource>? twice =
            chosen.GroupBy(source => source.Root).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? chosen
            : throw new StoreException(
                StoreFault.Refused,
                $"{string.Join(" and ", twice.Select(source => source.Name).Distinct())} would both take {twice.Key}"
                    + (twice.Select(source => source.Name).Distinct().Count() == 1 ? " more than once" : "") + ".",
                twice.First().Kind is "aws" or "apps-script"
                    ? "Another `prefix` in one of them keeps them apart." : "Leave it out of one of them.");
    }

    /// <summary>The collectors, as a snapshot takes them: one that is out of reach does not stop the others.</summary>
    public static IReadOnlyList<ICollector> Group(IReadOnlyList<ChosenSource> chosen)
    {
        if (chosen.Count == 1)
        {
            return [chosen[0].Collector];
        }

        // A folder that is gone is a mistake to be seen; a bucket out of reach may be back tomorrow.
        var group = new SourceGroup(chosen.Count);
        return [.. chosen.Select(one => one.Kind == "local" ? one.Collector : group.Add(one.Collector))];
    }
}
