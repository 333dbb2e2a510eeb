namespace JadaStore.Cli.Sources;

/// <summary>What holds for every source of a snapshot.</summary>
/// <param name="Exclude">Patterns as in .gitignore.</param>
/// <param name="ExcludeFiles">Files of such patterns, relative to the working folder.</param>
/// <param name="OneFileSystem">Whether other file systems are left out.</param>
/// <param name="LeaveOut">Folders that are never read: the repository itself.</param>
internal sealed record FolderRules(
    IReadOnlyList<string> Exclude, IReadOnlyList<string> ExcludeFiles, bool OneFileSystem, IReadOnlyList<string> LeaveOut)
{
    /// <summary>Whether earlier versions and delete markers of buckets are taken; null: as jstore.toml says.</summary>
    public bool? AllVersions { get; init; }

    /// <summary>When set, Lightsail is asked to make a snapshot of every instance, named after this time.</summary>
    public DateTimeOffset? InstanceSnapshots { get; init; }

    /// <summary>Whether the configuration of buckets that are typed is taken too.</summary>
    public bool WithConfig { get; init; }
}
