using JadaStore.Collectors.Aws.Access;

namespace JadaStore.Cli.Sources;

/// <summary>A <c>[[source]]</c> with <c>type = "s3"</c>: buckets of one account.</summary>
/// <param name="Name">No part of what is stored.</param>
internal sealed record S3SourceTable(string Name) : SourceTable(Name)
{
    /// <summary>Names, or globs of <c>*</c> and <c>?</c> over the account's buckets.</summary>
    public IReadOnlyList<string> Buckets { get; init; } = ["*"];

    /// <summary>Names or globs of what is left out of them.</summary>
    public IReadOnlyList<string> ExcludeBuckets { get; init; } = [];

    /// <summary>Only keys that begin so; empty for all.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Keys to leave out: patterns as in .gitignore.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Non-current versions and delete markers too.</summary>
    public bool AllVersions { get; init; }

    /// <summary>The buckets' own configuration too.</summary>
    public bool Config { get; init; } = true;

    /// <summary>The way into the account, as far as the table says it.</summary>
    public AwsOptions Access { get; init; } = new();
}
