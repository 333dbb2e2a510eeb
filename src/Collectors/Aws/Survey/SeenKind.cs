using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Survey;

/// <summary>What a look at one kind of resource in one region showed.</summary>
/// <param name="Service">One of <see cref="Services.AwsServices.Names"/>.</param>
/// <param name="Region">The region; empty for a service that is the same in all.</param>
/// <param name="Kind">In the plural: <c>functions</c>.</param>
/// <param name="State">What became of the look.</param>
/// <param name="Count">How many are on the first page of the list; 0 for what there is one of everywhere.</param>
/// <param name="More">Whether there are further pages.</param>
/// <param name="Reason">Why it was not seen, for a person; empty where it was.</param>
public sealed record SeenKind(
    string Service, string Region, string Kind, CoverageState State, int Count, bool More, string Reason);
