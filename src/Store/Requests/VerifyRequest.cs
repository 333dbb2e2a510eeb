namespace JadaStore.Store.Requests;

/// <summary>How much to check.</summary>
public sealed record VerifyRequest
{
    /// <summary>Share of the stored bytes to read and check: 0 structure only, 1 every byte.</summary>
    public double DataShare { get; init; }
}
