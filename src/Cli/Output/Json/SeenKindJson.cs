using JadaStore.Collectors.Aws.Survey;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>A kind of resource in a region, in <see cref="EstateJson"/>.</summary>
/// <param name="Service">The service.</param>
/// <param name="Region">Null for a service that is the same in all.</param>
/// <param name="Kind">In the plural.</param>
/// <param name="State"><c>seen</c>, <c>denied</c>, <c>unsupported</c> or <c>failed</c>.</param>
/// <param name="Count">On the first page of the list.</param>
/// <param name="More">Whether there are further pages.</param>
/// <param name="Reason">Why it was not seen; null where it was.</param>
internal sealed record SeenKindJson(
    string Service, string? Region, string Kind, string State, int Count, bool More, string? Reason)
{
    /// <summary>The same, as it was seen.</summary>
    public static SeenKindJson Of(SeenKind seen) => new(
        seen.Service, seen.Region.Length == 0 ? null : seen.Region, seen.Kind,
        seen.State switch
        {
            CoverageState.Denied => "denied",
            CoverageState.Unsupported => "unsupported",
            CoverageState.Failed => "failed",
            _ => "seen",
        },
        seen.Count, seen.More, seen.Reason.Length == 0 ? null : seen.Reason);
}
