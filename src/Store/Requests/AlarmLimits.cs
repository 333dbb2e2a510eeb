namespace JadaStore.Store.Requests;

/// <summary>From when on a snapshot raises an alarm over one of its sources.</summary>
public sealed record AlarmLimits
{
    /// <summary>The share of a source's entries that are gone; above 0, up to 1.</summary>
    public double Lost { get; init; } = 0.3;

    /// <summary>The share of a source's files whose content is another; above 0, up to 1.</summary>
    public double Changed { get; init; } = 0.7;

    /// <summary>Sources that had fewer entries raise none: of three files one is a third.</summary>
    public long Least { get; init; } = 20;
}
