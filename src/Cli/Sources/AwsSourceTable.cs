using JadaStore.Collectors.Aws.Access;

namespace JadaStore.Cli.Sources;

/// <summary>A <c>[[source]]</c> with <c>type = "aws"</c>: the configuration of an account's services.</summary>
/// <param name="Name">No part of what is stored.</param>
internal sealed record AwsSourceTable(string Name) : SourceTable(Name)
{
    /// <summary>Names, or globs of <c>*</c> and <c>?</c> over the services that jstore knows.</summary>
    public IReadOnlyList<string> Services { get; init; } = ["*"];

    /// <summary>Names or globs of what is left out of them.</summary>
    public IReadOnlyList<string> ExcludeServices { get; init; } = [];

    /// <summary>Names, or globs over the regions that the account has enabled.</summary>
    public IReadOnlyList<string> Regions { get; init; } = ["*"];

    /// <summary>Globs over paths, <c>SERVICE/REGION/…</c>, of what is left out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>What stands before the service in a root: <c>PREFIX/lambda</c>; empty: nothing.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The way into the account, as far as the table says it; its region is asked for what belongs to
    /// none.</summary>
    public AwsOptions Access { get; init; } = new();
}
