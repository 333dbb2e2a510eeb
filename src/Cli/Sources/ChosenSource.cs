using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Sources;

/// <summary>A source that a snapshot would take, and what a person should know of it.</summary>
/// <param name="Name">Of its <c>[[source]]</c>, or as it was typed.</param>
/// <param name="Kind"><c>local</c>, <c>s3</c>, <c>s3-versions</c>, <c>s3-config</c>, <c>aws</c> or
/// <c>apps-script</c>.</param>
/// <param name="Place">Where it is read from: a folder, <c>s3://BUCKET/PREFIX</c>, an AWS service.</param>
/// <param name="Collector">What reads it.</param>
internal sealed record ChosenSource(string Name, string Kind, string Place, ICollector Collector)
{
    /// <summary>The regions that are asked; empty where it has none.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The listing that it was chosen from; null where it is named by itself.</summary>
    public SourceListing? Listing { get; init; }

    /// <summary>Where its entries lie in a snapshot.</summary>
    public string Root => Collector.Root;
}
