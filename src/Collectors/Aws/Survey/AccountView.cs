namespace JadaStore.Collectors.Aws.Survey;

/// <summary>What a look at an account showed.</summary>
/// <param name="Account">Its number.</param>
/// <param name="Caller">The ARN of whose keys are in use.</param>
/// <param name="Regions">Those that it has enabled.</param>
/// <param name="Buckets">The names of its buckets; empty where they could not be listed.</param>
/// <param name="BucketsProblem">Why they could not; null where they could.</param>
/// <param name="Kinds">Each kind of resource in each region, by service, region and kind.</param>
public sealed record AccountView(
    string Account, string Caller, IReadOnlyList<string> Regions, IReadOnlyList<string> Buckets,
    string? BucketsProblem, IReadOnlyList<SeenKind> Kinds);
