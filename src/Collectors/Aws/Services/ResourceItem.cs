using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Collectors.Lambda;

namespace JadaStore.Collectors.Aws.Services;

/// <summary>An item of a service, for who makes entries of its content.</summary>
internal sealed class ResourceItem
{
    /// <summary>What variables stand for.</summary>
    public required ItemScope Scope { get; init; }

    /// <summary>The service in <see cref="Region"/>.</summary>
    public required AwsCalls Calls { get; init; }

    /// <summary>Where its zip files are fetched to; null in tests that fetch none.</summary>
    public HeldZips? Zips { get; init; }

    /// <summary>The item, as it was listed; not to be changed.</summary>
    public JsonObject Json => Scope.Item as JsonObject ?? [];

    /// <summary>The region that it was listed in.</summary>
    public string Region => Scope.Region;

    /// <summary>The item of that kind which encloses this one: the layer of a layer's version; null when none
    /// does.</summary>
    public JsonObject? Enclosing(string kind) => Scope.Enclosing(kind)?.Item as JsonObject;
}
