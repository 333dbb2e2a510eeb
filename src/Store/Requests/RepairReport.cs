namespace JadaStore.Store.Requests;

/// <summary>What a repair did, or, when it was only to look, would do.</summary>
public sealed record RepairReport
{
    /// <summary>Whether everything is whole now.</summary>
    public bool Ok => Lost.Count == 0 && Left.Count == 0;

    /// <summary>What was put right, a line each.</summary>
    public IReadOnlyList<string> Done { get; init; } = [];

    /// <summary>What is wrong and could not be put right, a line each.</summary>
    public IReadOnlyList<string> Left { get; init; } = [];

    /// <summary>
    /// Files that cannot be brought back whole any more, unless a later snapshot finds the same content.
    /// </summary>
    public IReadOnlyList<DamagedPath> Lost { get; init; } = [];

    /// <summary>Bytes of plaintext that were read and checked.</summary>
    public long Bytes { get; init; }
}
