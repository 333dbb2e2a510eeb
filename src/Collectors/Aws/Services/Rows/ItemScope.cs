using System.Text.Json.Nodes;

namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>What variables stand for: an item, those that enclose it, and where it was found.</summary>
internal sealed record ItemScope
{
    /// <summary>The region that is asked.</summary>
    public required string Region { get; init; }

    /// <summary>The account's number; empty where no row names it.</summary>
    public required string Account { get; init; }

    /// <summary>The kind of the item; empty outside of all.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The item; read by many threads. Null outside of all.</summary>
    public JsonNode? Item { get; init; }

    /// <summary>Of the enclosing item; null outside of all.</summary>
    public ItemScope? Outer { get; init; }

    /// <summary>An item within this one.</summary>
    public ItemScope Within(string kind, JsonNode? item) => this with { Kind = kind, Item = item, Outer = this };

    /// <summary>The scope of the item of that kind: this one, or one that encloses it; null when there is
    /// none.</summary>
    public ItemScope? Enclosing(string kind)
    {
        ItemScope? at = this;
        while (at is not null && (at.Kind.Length == 0 || at.Kind != kind))
        {
            at = at.Outer;
        }

        return at;
    }

    /// <summary>What is ours: <c>@region</c>, <c>@account</c>, <c>@partition</c>.</summary>
    public string OfOurs(string name) => name switch
    {
        "@region" => Region,
        "@account" => Account,
        "@partition" when Region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        "@partition" when Region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        "@partition" => "aws",
        _ => throw new ArgumentException($"There is no {name}.", nameof(name)),
    };
}
