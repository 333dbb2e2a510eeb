namespace JadaStore.Store.Requests;

/// <summary>What a verification found.</summary>
public sealed record VerifyReport
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool Ok => Damaged.Count == 0 && Problems.Count == 0;

    /// <summary>Whether all that is wrong is loss that an earlier repair found and named.</summary>
    public bool OnlyKnownLosses =>
        Problems.Count == 0 && Damaged.Count > 0 && Damaged.All(path => path.LostSince is not null);

    /// <summary>Chunks that snapshots need and that were looked up; with data, also read and hashed.</summary>
    public long Chunks { get; init; }

    /// <summary>Bytes of plaintext that were read and hashed.</summary>
    public long Bytes { get; init; }

    /// <summary>Snapshots looked at.</summary>
    public int Snapshots { get; init; }

    /// <summary>Files that cannot be brought back whole: each by snapshot name and path.</summary>
    public IReadOnlyList<DamagedPath> Damaged { get; init; } = [];

    /// <summary>What is wrong, a line each, whether or not a file is hit.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What is not wrong and could be better, a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
