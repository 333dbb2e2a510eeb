namespace JadaStore.Store.Chunking;

/// <summary>How long a repository's chunks are; written into <c>config</c> when it is made, never changed.</summary>
/// <remarks>
/// Other sizes read just as well, but content already stored would be cut anew and stored again: so they are the
/// repository's, not a setting of the run.
/// </remarks>
public sealed record ChunkerOptions
{
    /// <summary>The longest chunk that the format allows, in bytes: 1 MiB.</summary>
    public const int Limit = 1 << 20;

    /// <summary>What the hash looks back on, in bytes; the least that <see cref="Min"/> can be.</summary>
    public const int Window = 64;

    /// <summary>Only a file's last chunk is shorter. Bytes, at least <see cref="Window"/>; 32 KiB by default.</summary>
    public int Min { get; init; } = 32 << 10;

    /// <summary>Where cuts become likelier: a power of two above <see cref="Min"/>; 128 KiB by default.</summary>
    /// <remarks>Random bytes give chunks of about 1.15 times this length.</remarks>
    public int Average { get; init; } = 128 << 10;

    /// <summary>No chunk is longer. Above <see cref="Average"/>, at most <see cref="Limit"/>, the default.</summary>
    public int Max { get; init; } = Limit;

    /// <summary>All that is wrong with the sizes, a sentence each; empty when they can be used.</summary>
    public IReadOnlyList<string> FindProblems()
    {
        List<string> problems = [];
        if (Min < Window)
        {
            problems.Add($"The minimum is at least {Window} bytes, not {Min}.");
        }

        if (Average <= Min)
        {
            problems.Add($"The average ({Average} bytes) must be above the minimum ({Min}).");
        }

        if (!int.IsPow2(Average))
        {
            problems.Add($"The average must be a power of two, not {Average}.");
        }

        if (Max <= Average)
        {
            problems.Add($"The maximum ({Max} bytes) must be above the average ({Average}).");
        }

        if (Max > Limit)
        {
            problems.Add($"The maximum is at most {Limit} bytes, not {Max}.");
        }

        return problems;
    }
}
