namespace JadaStore.Store.Chunking;

/// <summary>How long chunks are.</summary>
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

    /// <summary>Only a file's last chunk is shorter. Bytes, at least <see cref="Window"/>.</summary>
    public required int Min { get; init; }

    /// <summary>Where cuts become likelier: a power of two above <see cref="Min"/>.</summary>
    /// <remarks>Random bytes give chunks of about 1.15 times this length.</remarks>
    public required int Average { get; init; }

    /// <summary>No chunk is longer. Above <see cref="Average"/>, at most <see cref="Limit"/>.</summary>
    public required int Max { get; init; }

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
