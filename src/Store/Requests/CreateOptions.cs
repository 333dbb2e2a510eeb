namespace JadaStore.Store.Requests;

/// <summary>How a repository is made.</summary>
public sealed record CreateOptions
{
    /// <summary>The first password; null leaves the master key open in <c>keys/</c>. Never empty.</summary>
    public string? Password { get; init; }

    /// <summary>What to call the first key.</summary>
    public string Label { get; init; } = "";

    /// <summary>How much parity each pack gets: 0 for none, up to 1 for as much again.</summary>
    public double Parity { get; init; }
}
