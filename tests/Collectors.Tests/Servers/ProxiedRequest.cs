namespace JadaStore.Collectors.Tests.Servers;

/// <summary>A request as it came to the proxy.</summary>
/// <param name="Method"><c>GET</c>, …</param>
/// <param name="Target">The path with its query, as sent.</param>
/// <param name="Headers">Names as sent.</param>
/// <param name="Attempt">From 1: how often this method and target have come so far.</param>
internal sealed record ProxiedRequest(
    string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, int Attempt)
{
    /// <summary>The name that AWS has for it: <c>GetObject</c>.</summary>
    public string Operation { get; } = S3Operation.Of(Method, Target, Headers);

    /// <summary>What was made of it.</summary>
    public Fault Fault { get; init; }

    /// <summary>The first header of that name, in any case, or null.</summary>
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
