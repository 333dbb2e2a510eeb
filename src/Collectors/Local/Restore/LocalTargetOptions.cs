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

    /// <summary>
    /// Folders, as absolute paths, that are never touched, nor anything in them: the repository that is restored from.
    /// </summary>
    /// <remarks>
    /// They are not listed, nor are the folders that they lie in, and whatever would change something there is refused.
    /// They are looked up once, when the target is made, through links; one that is missing then is not left out.
    /// </remarks>
    public IReadOnlyList<string> LeaveOut { get; init; } = [];
}
