namespace JadaStore.Collectors.Aws.Requests;

/// <summary>A query, encoded: once as it is sent, once as it is signed.</summary>
internal readonly struct AwsQuery
{
    /// <param name="parts">Names and values, not encoded; a null value is a bare name.</param>
    public AwsQuery(IReadOnlyList<KeyValuePair<string, string?>> parts)
    {
        if (parts.Count == 0)
        {
            Sent = Signed = "";
            return;
        }

        List<(string Name, string? Value)> encoded =
            [.. parts.Select(part =>
                (PercentEncoding.Encode(part.Key), part.Value is null ? null : PercentEncoding.Encode(part.Value)))];
        encoded.Sort(static (left, right) =>
            string.CompareOrdinal(left.Name, right.Name) is var byName && byName != 0
                ? byName : string.CompareOrdinal(left.Value ?? "", right.Value ?? ""));
        Sent = "?" + string.Join('&', encoded.Select(part =>
            part.Value is null ? part.Name : $"{part.Name}={part.Value}"));
        Signed = string.Join('&', encoded.Select(part => $"{part.Name}={part.Value}"));
    }

    /// <summary>With the <c>?</c>; empty when there is none.</summary>
    public string Sent { get; }

    /// <summary>Sorted, each with a <c>=</c>.</summary>
    public string Signed { get; }
}
