using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.S3;
using JadaStore.Collectors.S3.Config;

namespace JadaStore.Cli.Sources;

/// <summary>A bucket as it is typed: <c>s3://sailjada.com</c>, <c>s3://sailjada.com/site/</c>.</summary>
/// <param name="Bucket">Its name.</param>
/// <param name="Prefix">What keys begin with; empty: all.</param>
internal sealed record S3Source(string Bucket, string Prefix)
{
    private const string Scheme = "s3://";

    /// <summary>Whether the word is of that kind.</summary>
    public static bool Fits(string word) => word.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads one that fits. The prefix is what stands behind the first <c>/</c>, exactly.</summary>
    /// <exception cref="UsageException">It names no bucket.</exception>
    public static S3Source Parse(string word)
    {
        string rest = word[Scheme.Length..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string bucket = slash < 0 ? rest : rest[..slash];
        return IsName(bucket)
            ? new S3Source(bucket, slash < 0 ? "" : rest[(slash + 1)..])
            : throw new UsageException($"{word} names no bucket; it is given as s3://BUCKET or s3://BUCKET/PREFIX.");
    }

    /// <summary>The collector of its objects, and where they are wanted those of their earlier versions and of the
    /// bucket's configuration.</summary>
    /// <param name="name">What it was chosen by.</param>
    /// <param name="access">The way there.</param>
    /// <param name="workingFolder">Files of patterns are relative to it.</param>
    /// <param name="rules">What is left out.</param>
    public IReadOnlyList<ChosenSource> Open(string name, AwsAccess access, string workingFolder, FolderRules rules)
    {
        var options = new S3BucketOptions
        {
            Bucket = Bucket,
            Prefix = Prefix,
            Exclude = rules.Exclude,
            ExcludeFiles = [.. rules.ExcludeFiles.Select(file => Path.GetFullPath(file, workingFolder))],
        };
        var chosen = new List<ChosenSource> { new(name, "s3", ToString(), new S3Bucket(access, options)) };
        if (rules.AllVersions == true)
        {
            chosen.Add(new ChosenSource(name, "s3-versions", ToString(), new S3Versions(access, options)));
        }

        if (rules.WithConfig)
        {
            chosen.Add(new ChosenSource(name, "s3-config", Scheme + Bucket, new S3BucketConfig(access, Bucket)));
        }

        return chosen;
    }

    /// <summary>As it is typed.</summary>
    public override string ToString() => Prefix.Length == 0 ? Scheme + Bucket : $"{Scheme}{Bucket}/{Prefix}";

    private static bool IsName(string text) =>
        text is not ("" or "." or "..") && text.All(letter =>
            char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_');
}
