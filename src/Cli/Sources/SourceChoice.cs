using JadaStore.Cli.Repositories;
using JadaStore.Collectors;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Sources;

/// <summary>What a snapshot is taken of: the words typed, or all that <c>jstore.toml</c> says.</summary>
internal static class SourceChoice
{
    /// <summary>
    /// The collectors. A word that is the name of a source in <c>jstore.toml</c> is that source; a folder that is
    /// called so is <c>./NAME</c>.
    /// </summary>
    /// <exception cref="UsageException">There is nothing to take, or a word cannot be meant.</exception>
    public static async Task<IReadOnlyList<ICollector>> OpenAsync(
        IReadOnlyList<string> words, string workingFolder, FolderRules rules, AwsOptions aws,
        CancellationToken cancellationToken)
    {
        ConfigFile? config = ConfigFile.FindUpwards(workingFolder);
        IReadOnlyList<SourceTable> tables = config?.Sources ?? [];
        IReadOnlyList<SourceTable> chosen = words.Count == 0
            ? tables
            : [.. tables.Where(table => words.Contains(table.Name))];
        string[] typed = [.. words.Where(word => !tables.Any(table => table.Name == word))];
        IReadOnlyList<ICollector> collectors =
        [
            .. typed.Length > 0 || chosen.Count == 0 ? SourceArgument.ParseAll(typed, workingFolder, rules, aws) : [],
            .. chosen.Count > 0
                ? await new ConfiguredSources(config!, workingFolder, rules, aws).OpenAsync(chosen, cancellationToken)
                    .ConfigureAwait(false)
                : [],
        ];
        if (collectors.Count == 1)
        {
            return collectors;
        }

        // A folder that is gone is a mistake to be seen; a bucket out of reach may be back tomorrow.
        var group = new SourceGroup(collectors.Count);
        return [.. collectors.Select(one => IsFolder(one) ? one : group.Add(one))];
    }

    private static bool IsFolder(ICollector collector) => collector.Root.StartsWith("local/", StringComparison.Ordinal);
}
