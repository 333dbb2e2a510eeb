namespace JadaStore.Collectors.Aws.Requests;

/// <summary>Which of a service's hosts.</summary>
[Flags]
internal enum HostVariants
{
    /// <summary>The usual one.</summary>
    None = 0,

    /// <summary>The one whose cryptography is validated by FIPS 140.</summary>
    Fips = 1,

    /// <summary>The one that has IPv6 addresses too.</summary>
    DualStack = 2,
}
