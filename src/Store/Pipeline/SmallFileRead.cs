using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>A small file that lies in a shared buffer.</summary>
/// <param name="End">What its reader said of it, the last time.</param>
/// <param name="Length">Bytes in the buffer.</param>
internal readonly record struct SmallFileRead(ContentEnd End, int Length)
{
    /// <summary>Whose bytes they are.</summary>
    public BatchItem? Item { get; init; }

    /// <summary>The first of its pieces.</summary>
    public int First { get; init; }

    /// <summary>How many pieces it was cut into.</summary>
    public int Pieces { get; init; }

    /// <summary>The digest of the whole file, when it is more than one piece.</summary>
    public Digest? Whole { get; init; }
}
