namespace JadaStore.Collectors.S3.Config;

/// <summary>How a bucket's configuration is put back.</summary>
public sealed record ConfigRestoreOptions
{
    /// <summary>Say what would be done, and do nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Remove what the bucket has and the snapshot has not.</summary>
    public bool Delete { get; init; }

    /// <summary>
    /// Documents that the snapshot could not capture, by path: they may have existed, so they are left as they are.
    /// </summary>
    public IReadOnlySet<string> NotCaptured { get; init; } = new HashSet<string>();
}
