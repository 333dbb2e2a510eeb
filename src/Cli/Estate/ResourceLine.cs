using JadaStore.Cli.Output;

namespace JadaStore.Cli.Estate;

/// <summary>A line for a person: <c>lambda booking-webhook  Timeout 3 → 10, code 2 files</c>.</summary>
internal static class ResourceLine
{
    /// <summary>The line, safe for a terminal.</summary>
    /// <param name="sign"><c>+</c> added, <c>-</c> removed, nothing for what changed.</param>
    /// <param name="resource">Which.</param>
    /// <param name="withRegion">Whether its region is named.</param>
    /// <param name="parts">What of it, in words.</param>
    public static string Of(string sign, ResourcePath resource, bool withRegion, params IReadOnlyList<string> parts)
    {
        string source = resource.Service == EstateRoots.BucketConfig
            ? resource.Root[..^(resource.Name.Length + 1)] : resource.Root;
        string region = withRegion && resource.Region is { } name ? name + "/" : "";
        string what = parts.Count == 0 ? "" : "  " + string.Join(", ", parts);
        return EntryText.Printable($"{(sign.Length > 0 ? sign + " " : "")}{source} {region}{resource.Name}{what}");
    }
}
