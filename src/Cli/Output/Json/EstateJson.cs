using JadaStore.Collectors.Aws.Survey;

namespace JadaStore.Cli.Output.Json;

/// <summary>What <c>init --aws --json</c> prints of the account.</summary>
/// <param name="File">The <c>jstore.toml</c> that was written.</param>
/// <param name="Account">The account's number.</param>
/// <param name="Caller">The ARN of whose keys are in use.</param>
/// <param name="Regions">Those that it has enabled.</param>
/// <param name="Buckets">The names of its buckets.</param>
/// <param name="BucketsProblem">Why they could not be listed; null where they could.</param>
/// <param name="Seen">Each kind of resource in each region.</param>
internal sealed record EstateJson(
    string File, string Account, string Caller, IReadOnlyList<string> Regions, IReadOnlyList<string> Buckets,
    string? BucketsProblem, IReadOnlyList<SeenKindJson> Seen)
{
    /// <summary>The same, as it was seen.</summary>
    public static EstateJson Of(string file, AccountView view) => new(
        file, view.Account, view.Caller, view.Regions, view.Buckets, view.BucketsProblem,
        [.. view.Kinds.Select(SeenKindJson.Of)]);
}
