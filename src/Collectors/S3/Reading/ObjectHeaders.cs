using System.Collections.Frozen;
using System.Text;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>Which headers of an object belong to it, and under what names they are kept; docs/format.md,
/// "Attributes".</summary>
internal static class ObjectHeaders
{
    /// <summary>What the name of a header begins with in an entry.</summary>
    public const string Family = "header.";

    // Of the transport, of the server, of this one answer; or kept in a field of their own.
    private static readonly FrozenSet<string> Left = FrozenSet.ToFrozenSet(
    [
        "accept-ranges", "access-control-allow-credentials", "access-control-allow-headers",
            "access-control-allow-methods",
        "access-control-allow-origin", "access-control-expose-headers", "access-control-max-age", "age", "alt-svc",
        "connection", "content-length", "content-range", "date", "keep-alive", "last-modified", "proxy-connection",
            "server",
        "strict-transport-security", "trailer", "transfer-encoding", "upgrade", "vary", "via", "x-amz-cf-id",
            "x-amz-cf-pop",
        "x-amz-content-sha256", "x-amz-id-2", "x-amz-request-charged", "x-amz-request-id", "x-amzn-requestid",
        "x-amzn-trace-id", "x-cache", "x-openstack-request-id", "x-timestamp", "x-trans-id",
    ],
        StringComparer.Ordinal);

    /// <summary>The object's own headers as attributes, sorted; bytes as they came.</summary>
    public static List<NamedValue> Of(AwsResponse response)
    {
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in response.Headers)
        {
            if (!Left.Contains(name))
            {
                kept[name] = kept.TryGetValue(name, out string? before) ? $"{before}, {value}" : value;
            }
        }

        return [.. kept.Select(header => new NamedValue(Family + header.Key, Encoding.Latin1.GetBytes(header.Value)))];
    }
}
