using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Store;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>What the REST protocols share: the members of an input that stand in path, query and headers.</summary>
internal sealed class RestRequest
{
    private const string BucketLabel = "/{Bucket}";

    private readonly List<KeyValuePair<string, string?>> _query = [];
    private readonly List<KeyValuePair<string, string>> _headers = [];

    private RestRequest()
    {
    }

    /// <summary>The bucket, where the path begins with one: how it is addressed is the transport's matter.</summary>
    public string? Bucket { get; private init; }

    /// <summary>Encoded.</summary>
    public required string Path { get; init; }

    /// <summary>Not encoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Query => _query;

    /// <summary>Of the members.</summary>
    public List<KeyValuePair<string, string>> Headers => _headers;

    /// <summary>Takes out of an input what does not stand in the body.</summary>
    /// <exception cref="StoreException">The input lacks what the path needs.</exception>
    public static RestRequest Of(AwsOperation operation, JsonObject input)
    {
        int mark = operation.UriTemplate.IndexOf('?', StringComparison.Ordinal);
        string path = mark < 0 ? operation.UriTemplate : operation.UriTemplate[..mark];
        bool bucket = path == BucketLabel || path.StartsWith(BucketLabel + "/", StringComparison.Ordinal);
        path = bucket ? path[BucketLabel.Length..] : path;
        Dictionary<string, string> labels = Labels(operation, input);
        var request = new RestRequest
        {
            Bucket = bucket ? Label(operation, labels, "Bucket") : null,
            Path = path.Length == 0 ? "/" : Fill(operation, path, labels),
        };
        if (mark >= 0)
        {
            request.AddFixed(operation.UriTemplate[(mark + 1)..]);
        }

        foreach ((string name, ShapeUse use) in Members(operation))
        {
            if (input.TryGetPropertyValue(name, out JsonNode? value) && value is not null)
            {
                request.Add(use, use.Traits.LocationName ?? name, value);
            }
        }

        return request;
    }

    private static IReadOnlyDictionary<string, ShapeUse> Members(AwsOperation operation) =>
        operation.Input?.Shape is StructureShape shape ? shape.Members : new Dictionary<string, ShapeUse>();

    private static Dictionary<string, string> Labels(AwsOperation operation, JsonObject input) => Members(operation)
        .Where(member => member.Value.Traits.Location == MemberLocation.Path && input[member.Key] is not null)
        .ToDictionary(
            member => member.Value.Traits.LocationName ?? member.Key,
            member => Text(member.Value, input[member.Key], "iso8601"), StringComparer.Ordinal);

    private static string Label(AwsOperation operation, Dictionary<string, string> labels, string name) =>
        labels.TryGetValue(name, out string? value) && value.Length > 0
            ? value
            : throw new StoreException(StoreFault.Refused, $"{operation.Name} needs a value for {name}.");

    // A label that ends in + may hold slashes, which stay as they are.
    private static string Fill(AwsOperation operation, string template, Dictionary<string, string> labels)
    {
        var path = new StringBuilder();
        for (int at = 0; at < template.Length;)
        {
            int open = template.IndexOf('{', at);
            if (open < 0)
            {
                path.Append(template, at, template.Length - at);
                break;
            }

            int close = template.IndexOf('}', open);
            string name = template[(open + 1)..close];
            bool greedy = name.EndsWith('+');
            string value = Label(operation, labels, greedy ? name[..^1] : name);
            string encoded = Uri.EscapeDataString(value);
            path.Append(template, at, open - at)
                .Append(greedy ? encoded.Replace("%2F", "/", StringComparison.Ordinal) : encoded);
            at = close + 1;
        }

        return path.ToString();
    }

    private static string Text(ShapeUse use, JsonNode? value, string timestampFormat) => ScalarText.Write(
        use.Shape is ScalarShape scalar ? scalar.Type : ScalarType.Text, value,
        use.Traits.TimestampFormat ?? timestampFormat);

    private static string HeaderText(ShapeUse use, JsonNode? value)
    {
        if (use.Shape is ListShape list && value is JsonArray items)
        {
            return string.Join(',', items.Select(item => Quoted(HeaderText(list.Item, item))));
        }

        return use.Traits.JsonValue
            ? Convert.ToBase64String(Encoding.UTF8.GetBytes(value?.ToJsonString() ?? "null"))
            : Text(use, value, "rfc822");
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(',', '"') ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : text;

    private void AddFixed(string query)
    {
        foreach (string part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            _query.Add(equals < 0 ? new(part, null) : new(part[..equals], part[(equals + 1)..]));
        }
    }

    private void Add(ShapeUse use, string name, JsonNode value)
    {
        switch (use.Traits.Location)
        {
            case MemberLocation.Query when value is JsonArray items && use.Shape is ListShape list:
                _query.AddRange(
                    items.Select(item => KeyValuePair.Create<string, string?>(name, Text(list.Item, item, "iso8601"))));
                break;
            case MemberLocation.Query when value is JsonObject map:
                _query.AddRange(map.SelectMany(one =>
                    (one.Value is JsonArray values ? values : [one.Value?.DeepClone()]).Select(part =>
                        KeyValuePair.Create<string, string?>(one.Key, ScalarText.Write(ScalarType.Text, part, "")))));
                break;
            case MemberLocation.Query:
                _query.Add(new(name, Text(use, value, "iso8601")));
                break;
            case MemberLocation.Header when value is not JsonArray { Count: 0 }:
                _headers.Add(new(name, HeaderText(use, value)));
                break;
            case MemberLocation.HeaderPrefix when value is JsonObject map:
                _headers.AddRange(map.Select(one =>
                    KeyValuePair.Create(name + one.Key, ScalarText.Write(ScalarType.Text, one.Value, ""))));
                break;
        }
    }
}
