namespace JadaStore.Store.Requests;

/// <summary>What a repair is to do.</summary>
public sealed record RepairRequest
{
    /// <summary>Look and tell only; nothing is written.</summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// From now on so much parity for each pack, those that there are included: 0 for none, up to 1 for as much again;
    /// null leaves it as it is.
    /// </summary>
    public double? Parity { get; init; }
}
