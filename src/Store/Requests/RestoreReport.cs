using JadaStore.Store.Model;

namespace JadaStore.Store.Requests;

/// <summary>What a restore did, or would do.</summary>
public sealed record RestoreReport
{
    /// <summary>Entries brought back: made, replaced or given their attributes.</summary>
    public long Files { get; init; }

    /// <summary>Bytes of content written.</summary>
    public long Bytes { get; init; }

    /// <summary>Entries that were right already.</summary>
    public long Skipped { get; init; }

    /// <summary>Entries that differ and were left, because nothing may be overwritten.</summary>
    public long Kept { get; init; }

    /// <summary>Paths removed.</summary>
    public long Deleted { get; init; }

    /// <summary>What the target cannot hold under its own name, and the name that stands for it.</summary>
    public IReadOnlyList<EscapedName> Escaped { get; init; } = [];

    /// <summary>What could not be brought back.</summary>
    public IReadOnlyList<SourceError> Errors { get; init; } = [];

    /// <summary>Whether an error was damage in the repository.</summary>
    public bool Damaged { get; init; }
}
