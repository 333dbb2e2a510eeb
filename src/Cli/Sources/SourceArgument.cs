using JadaStore.Collectors.Aws.Access;

namespace JadaStore.Cli.Sources;

/// <summary>A SOURCE as it is typed: <c>./site</c>, <c>./site=sailjada.com</c>.</summary>
/// <param name="Folder">The folder, as a full path.</param>
/// <param name="Root">Where its entries lie: <c>local/sailjada.com</c>.</param>
internal sealed record SourceArgument(string Folder, string Root)
{
    /// <summary>Reads them all, and makes a collector of each.</summary>
    /// <param name="words">As typed.</param>
    /// <param name="workingFolder">Folders are relative to it.</param>
    /// <param name="rules">What is left out.</param>
    /// <param name="accesses">How buckets are reached.</param>
    /// <exception cref="UsageException">There is none, one is of a kind that is not known, or two have one
    /// root.</exception>
    public static IReadOnlyList<ChosenSource> ParseAll(
        IReadOnlyList<string> words, string workingFolder, FolderRules rules, AwsAccesses accesses)
    {
        if (words.Count == 0)
        {
            throw new UsageException(
                "No source: name folders or buckets to take a snapshot of, as in `jstore snapshot ./site`, or write "
                + "[[source]] into jstore.toml; `jstore init --aws` writes one for an account.");
        }

        IReadOnlyList<S3Source> buckets = [.. words.Where(S3Source.Fits).Select(S3Source.Parse)];
        IGrouping<string, S3Source>? twice = buckets.GroupBy(source => source.Bucket).FirstOrDefault(group =>
            group.Count() > 1);
        if (twice is not null)
        {
            throw new UsageException(
                $"s3://{twice.Key} is named more than once; name it once, with what the prefixes have in common.");
        }

        IReadOnlyList<SourceArgument> sources =
            [.. words.Where(word => !S3Source.Fits(word)).Select(word => Parse(word, workingFolder))];
        IGrouping<string, SourceArgument>? same =
            sources.GroupBy(source => source.Root).FirstOrDefault(group => group.Count() > 1);
        if (same is not null)
        {
            string folders = string.Join(" and ", same.Select(source => source.Folder));
            throw new UsageException(
                $"{folders} would both be {same.Key}; name one of them, as in {same.Last().Folder}=NAME.");
        }

        foreach (SourceArgument source in sources)
        {
            source.RefuseInside(rules.LeaveOut);
        }

        IEnumerable<ChosenSource> local = sources.Select(source => source.Open(workingFolder, rules));
        if (buckets.Count == 0)
        {
            return [.. local];
        }

        AwsAccess access = accesses.Typed;
        return
        [
            .. local, .. buckets.SelectMany(bucket => bucket.Open(bucket.ToString(), access, workingFolder, rules)),
        ];
    }

    /// <summary>The collector of the folder.</summary>
    /// <param name="workingFolder">Files of patterns are relative to it.</param>
    /// <param name="rules">What is left out.</param>
    /// <param name="name">What it was chosen by; null: its folder.</param>
    public ChosenSource Open(string workingFolder, FolderRules rules, string? name = null) =>
        new(name ?? Folder, "local", Folder, FolderSource.Open(this, workingFolder, rules));

    /// <summary>Reads one. A folder whose name holds <c>=</c> is itself when it is there.</summary>
    public static SourceArgument Parse(string word, string workingFolder)
    {
        if (word.Contains("://", StringComparison.Ordinal))
        {
            throw new UsageException(
                $"The source {word} is of a kind that this version does not read; it reads folders, s3://BUCKET and "
                + "aws://SERVICE.");
        }

        string whole = Path.GetFullPath(word, workingFolder);
        int equals = word.LastIndexOf('=');
        if (equals <= 0 || Directory.Exists(whole))
        {
            return new SourceArgument(whole, FolderSource.RootFor(whole));
        }

        string name = word[(equals + 1)..];
        return IsName(name)
            ? new SourceArgument(Path.GetFullPath(word[..equals], workingFolder), "local/" + name)
            : throw new UsageException($"{name} cannot name a root: it may not be empty, `.`, `..`, or hold `/`.");
    }

    /// <summary>A folder that holds the repository is a fine source; what the repository holds is none.</summary>
    /// <exception cref="UsageException">It lies in one of these.</exception>
    public void RefuseInside(IReadOnlyList<string> leaveOut)
    {
        string real = RealPath.Of(Folder);
        string? holder = leaveOut.FirstOrDefault(one => RealPath.IsAtOrBelow(real, RealPath.Of(one)));
        if (holder is not null)
        {
            throw new UsageException(
                $"The source {Folder} lies in the repository {holder}: a repository is not taken into itself.");
        }
    }

    private static bool IsName(string name) =>
        name is not ("" or "." or "..") && name.AsSpan().IndexOfAny('/', '\0') < 0;
}
