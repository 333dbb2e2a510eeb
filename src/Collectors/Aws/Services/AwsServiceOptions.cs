namespace JadaStore.Collectors.Aws.Services;

/// <summary>What of a service is captured, and where it lies in a snapshot.</summary>
public sealed record AwsServiceOptions
{
    /// <summary>The regions that are asked; of no meaning for services that are the same in all.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>
    /// Globs over <c>service/region/…</c> paths (<c>lambda/*/test-*</c>, <c>route53/internal.example</c>), with git's
    /// meaning of <c>* ? [ ] **</c>: what they match is not asked for, nor what lies below.
    /// </summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>When set, Lightsail is asked first to make a snapshot of every instance, named after this time; of no
    /// meaning for other services. Null: nothing is ever made.</summary>
    public DateTimeOffset? InstanceSnapshots { get; init; }

    /// <summary>Stands before the service's name in the root; null or empty: nothing does.</summary>
    public string? Prefix { get; init; }
}
