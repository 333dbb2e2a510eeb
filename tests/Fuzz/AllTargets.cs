using JadaStore.Fuzz.Targets;

namespace JadaStore.Fuzz;

/// <summary>Every decoder of bytes that somebody else may have made.</summary>
internal static class AllTargets
{
    /// <summary>By name.</summary>
    public static IReadOnlyList<FuzzTarget> List { get; } =
    [
        .. SealingTargets.All,
        .. PackTargets.All,
        .. ParityTargets.All,
        .. TreeTargets.All,
        CatalogTarget.Catalog,
        ZipTarget.Zip,
        .. AwsTargets.All,
        .. JsonTargets.All,
        .. PatternTargets.All,
        .. PathTargets.All,
        ConfigFileTarget.Toml,
    ];

    /// <summary>The one of that name; null when there is none.</summary>
    public static FuzzTarget? Find(string name) => List.FirstOrDefault(target => target.Name == name);
}
