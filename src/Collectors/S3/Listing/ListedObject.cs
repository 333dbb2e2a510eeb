using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Listing;

/// <summary>One object, or one version of it, as a listing tells of it.</summary>
internal sealed record ListedObject
{
    /// <summary>The key's UTF-8 bytes, exactly.</summary>
    public required EntryPath Key { get; init; }

    /// <summary>Bytes of content.</summary>
    public long Size { get; init; }

    /// <summary>As sent, with its quotes; empty when there is none.</summary>
    public string ETag { get; init; } = "";

    /// <summary>When it was written; null where it cannot be understood.</summary>
    public FileTime? LastModified { get; init; }

    /// <summary><c>STANDARD</c>, <c>GLACIER</c>; empty when not told.</summary>
    public string StorageClass { get; init; } = "";

    /// <summary>Names of the checksums that the object has, joined by commas; empty when not told.</summary>
    public string Checksums { get; init; } = "";

    /// <summary>Which version; null in a listing of objects.</summary>
    public string? VersionId { get; init; }

    /// <summary>Whether it is the version that its key has now.</summary>
    public bool IsLatest { get; init; }

    /// <summary>Whether this version says that the key was deleted.</summary>
    public bool IsDeleteMarker { get; init; }
}
