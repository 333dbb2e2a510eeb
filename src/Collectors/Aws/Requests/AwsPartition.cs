namespace JadaStore.Collectors.Aws.Requests;

/// <summary>A part of AWS with accounts, names and hosts of its own: <c>aws</c>, <c>aws-cn</c>, …</summary>
/// <param name="Name">As ARNs have it.</param>
/// <param name="Suffix">Of host names: <c>amazonaws.com</c>.</param>
/// <param name="DualSuffix">Of host names that have IPv6 addresses too: <c>api.aws</c>.</param>
/// <param name="Regions">All that are known.</param>
/// <param name="FromStart">Those that every account has, without opting in.</param>
internal sealed record AwsPartition(
    string Name, string Suffix, string DualSuffix, IReadOnlyList<string> Regions, IReadOnlyList<string> FromStart);
