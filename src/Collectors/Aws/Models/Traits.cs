namespace JadaStore.Collectors.Aws.Models;

/// <summary>How a value is written down; botocore's names, whose meaning the Smithy documents give.</summary>
internal sealed record Traits
{
    /// <summary>Nothing special.</summary>
    public static readonly Traits None = new();

    /// <summary>Where in the message.</summary>
    public MemberLocation Location { get; init; }

    /// <summary>The name there, where it is not the member's own.</summary>
    public string? LocationName { get; init; }

    /// <summary>The name in the query protocols, where it is another again.</summary>
    public string? QueryName { get; init; }

    /// <summary>A list or map whose items stand side by side, with no element around them.</summary>
    public bool Flattened { get; init; }

    /// <summary>An attribute of the element around it, not an element.</summary>
    public bool XmlAttribute { get; init; }

    /// <summary>What its element declares.</summary>
    public XmlNamespace? XmlNamespace { get; init; }

    /// <summary><c>iso8601</c>, <c>rfc822</c> or <c>unixTimestamp</c>; null for the protocol's own.</summary>
    public string? TimestampFormat { get; init; }

    /// <summary>JSON in base64, in a header.</summary>
    public bool JsonValue { get; init; }

    /// <summary>The element around an answer in the query protocols.</summary>
    public string? ResultWrapper { get; init; }
}
