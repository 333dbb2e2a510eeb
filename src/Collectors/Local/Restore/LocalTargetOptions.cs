namespace JadaStore.Collectors.Local.Restore;

/// <summary>What a restore into a folder brings back besides content, mode and time.</summary>
public sealed record LocalTargetOptions
{
    /// <summary>
    /// User and group, by number. Only root can; for all others what is restored stays theirs, and a note says so once.
    /// </summary>
    public bool Owners { get; init; } = true;

    /// <summary>Extended attributes, access lists among them.</summary>
    public bool Attributes { get; init; } = true;

    /// <summary>
    /// Whether each file is on the disk before it gets its name. Slow, and seldom worth it: after a loss of power the
    /// restore can be run again.
    /// </summary>
    public bool Durable { get; init; }

    /// <summary>Folders that are never touched, as full paths: the repository itself.</summary>
    public IReadOnlyList<string> LeaveOut { get; init; } = [];
}
