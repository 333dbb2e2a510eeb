namespace JadaStore.Collectors.Tests.Servers;

/// <summary>A request as it came to the proxy.</summary>
/// <param name="Method"><c>GET</c>, …</param>
/// <param name="Target">The path with its query, as sent.</param>
/// <param name="Headers">Names as sent.</param>
/// <param name="Attempt">From 1: how often it has come so far, within whatever upload.</param>
internal sealed record ProxiedRequest(
    string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, int Attempt)
{
    /// <summary>The name that AWS has for it: <c>GetObject</c>.</summary>
    public string Operation { get; } = S3Operation.Of(Method, Target, Headers);

    /// <summary>
    /// What it asks for, without what is another in every run of a test: the bucket, the id of an upload, the place in
    /// a list.
    /// </summary>
    public string Gist
    {
        get
        {
            int slash = Target.IndexOf('/', 1), query = Target.IndexOf('?', StringComparison.Ordinal);
            int end = slash < 0 ? query : query < 0 ? slash : Math.Min(slash, query);
            string rest = end < 0 ? "" : Target[end..];
            rest = Without(rest, "uploadId", "continuation-token", "marker", "key-marker");
            return $"{Method} {rest} {Header("Range")}";
        }
    }

    /// <summary>What it asks for, in whatever upload: equal for one request that is tried again.</summary>
    public string Identity => $"{Method} {Without(Target, "uploadId")} {Header("Range")}";

    /// <summary>What was made of it.</summary>
    public Fault Fault { get; init; }

    /// <summary>The first header of that name, in any case, or null.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static string Without(string target, params string[] names)
    {
        string[] halves = target.Split('?', 2);
        IEnumerable<string> items = halves.Length == 1 ? [] : halves[1].Split('&');
        return $"{halves[0]}?{string.Join('&', items.Where(item => !names.Contains(item.Split('=')[0])))}";
    }
}
