namespace JadaStore.Collectors.S3;

/// <summary>What is captured of a bucket.</summary>
public sealed record S3BucketOptions
{
    /// <summary>Its name.</summary>
    public required string Bucket { get; init; }

    /// <summary>Only keys that begin so; empty: all. Not a folder: <c>a</c> is also the beginning of
    /// <c>ab</c>.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>What is left out, as in .gitignore, <c>/</c> cutting a key into names.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Files of such patterns, as full paths; weaker than <see cref="Exclude"/>.</summary>
    public IReadOnlyList<string> ExcludeFiles { get; init; } = [];
}
