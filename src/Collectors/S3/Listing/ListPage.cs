namespace JadaStore.Collectors.S3.Listing;

/// <summary>One answer to ListObjectsV2 or ListObjectVersions.</summary>
/// <param name="Objects">In the order listed.</param>
/// <param name="Next">What asks for the next page; empty on the last.</param>
internal sealed record ListPage(IReadOnlyList<ListedObject> Objects, IReadOnlyList<KeyValuePair<string, string?>> Next);
