using JadaStore.Store.Model;

namespace JadaStore.Store.Requests;

/// <summary>What a comparison of sources with a snapshot found; grows with what was found only.</summary>
public sealed record VerifySourceReport
{
    /// <summary>Entries that the sources list now.</summary>
    public long Entries { get; init; }

    /// <summary>Those that were read again and compared.</summary>
    public long Checked { get; init; }

    /// <summary>Bytes of content that were read.</summary>
    public long Bytes { get; init; }

    /// <summary>What is not what the snapshot has though its listing does not tell, in path order.</summary>
    public IReadOnlyList<SourceDifference> Differing { get; init; } = [];

    /// <summary>What could not be read or listed, in path order; a source as a whole by its root.</summary>
    public IReadOnlyList<SourceError> Errors { get; init; } = [];
}
