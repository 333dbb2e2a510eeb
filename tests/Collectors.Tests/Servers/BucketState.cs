using System.Text.Json.Nodes;

namespace JadaStore.Collectors.Tests.Servers;

/// <summary>
/// All that another program sees in a bucket: for each key what <c>head-object</c> prints (but for the times and ids of
/// the moment), the tags, and the SHA-256 of the content.
/// </summary>
/// <param name="objects">By key: <c>{head, tags, sha256}</c>.</param>
internal sealed class BucketState(JsonObject objects)
{
    public IEnumerable<string> Keys => objects.Select(pair => pair.Key);

    public int Count => objects.Count;

    /// <summary>One object's <c>{head, tags, sha256}</c>.</summary>
    public JsonObject this[string key] => objects[key]!.AsObject();

    /// <summary>Every object of a bucket, asked of a server directly.</summary>
    public static async Task<BucketState> OfAsync(S3Endpoint endpoint, string bucket)
    {
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        return await calls.StateAsync(bucket);
    }

    /// <summary>What differs, one line for each object and member; empty when the buckets are equal.</summary>
    /// <param name="other">The bucket that should be equal.</param>
    /// <param name="besides">Members of <c>head-object</c> that do not count.</param>
    public IReadOnlyList<string> Differences(BucketState other, params string[] besides)
    {
        var found = new List<string>();
        foreach (string key in Keys.Union(other.Keys).Order(StringComparer.Ordinal))
        {
            if (!other.Holds(key) || !Holds(key))
            {
                found.Add($"{Shown(key)}: only in the {(Holds(key) ? "first" : "second")} bucket");
                continue;
            }

            foreach (string part in (string[])["sha256", "tags"])
            {
                Compare(Shown(key), part, this[key][part], other[key][part]);
            }

            JsonObject head = this[key]["head"]!.AsObject(), otherHead = other[key]["head"]!.AsObject();
            IEnumerable<string> names = head.Select(pair => pair.Key).Union(otherHead.Select(pair => pair.Key));
            foreach (string name in names.Except(besides))
            {
                Compare(Shown(key), name, head[name], otherHead[name]);
            }
        }

        return found;

        void Compare(string key, string name, JsonNode? one, JsonNode? two)
        {
            if (!JsonNode.DeepEquals(one, two))
            {
                found.Add($"{key}: {name}: {one?.ToJsonString() ?? "none"} is not {two?.ToJsonString() ?? "none"}");
            }
        }
    }

    private bool Holds(string key) => objects.ContainsKey(key);

    private static string Shown(string key) => JsonValue.Create(key).ToJsonString();
}
