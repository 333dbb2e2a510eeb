namespace JadaStore.Collectors.S3.Config;

/// <summary>One kind of document of a bucket's configuration: how it is fetched, and how it is put back.</summary>
internal sealed record BucketDocument
{
    /// <summary>The file, without <c>.json</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The operation that fetches it.</summary>
    public required string Get { get; init; }

    /// <summary>The operation that puts it back; null when nothing does.</summary>
    public string? Put { get; init; }

    /// <summary>The operation that removes it; null when nothing does.</summary>
    public string? Delete { get; init; }

    /// <summary>
    /// The member of <see cref="Put"/> that takes what the answer of <see cref="Get"/> holds at its top; null when both
    /// have the same members.
    /// </summary>
    public string? Wrap { get; init; }

    /// <summary>The error that says that it is not configured; null when an empty answer says so.</summary>
    public string? AbsentCode { get; init; }

    /// <summary>
    /// What is put to undo it, where nothing removes it, as JSON of <see cref="Wrap"/>; null otherwise.
    /// </summary>
    public string? Reset { get; init; }

    /// <summary>
    /// The member that lists its parts by <c>Id</c>; each is put and removed by itself. Null when it is one thing.
    /// </summary>
    public string? Items { get; init; }

    /// <summary>The member of the answer that is JSON itself, and is stored bare; null as a rule.</summary>
    public string? Text { get; init; }

    /// <summary>Its path in the source.</summary>
    public string Path => Name + ".json";
}
