using System.Text.Json.Nodes;

namespace JadaStore.Collectors.Aws.Services.Policy;

/// <summary>What a policy allows for one service.</summary>
/// <param name="Id">Letters and digits.</param>
/// <param name="Actions">In any order, any number of times each.</param>
/// <param name="Resources">What the actions are allowed on.</param>
internal sealed record PolicyStatement(string Id, IEnumerable<string> Actions, IReadOnlyList<string> Resources)
{
    /// <summary>As IAM takes it; lists of one are bare.</summary>
    public JsonObject ToJson() => new()
    {
        ["Sid"] = Id,
        ["Effect"] = "Allow",
        ["Action"] = OneOrMany([.. Actions.Distinct().Order(StringComparer.Ordinal)]),
        ["Resource"] = OneOrMany([.. Resources.Distinct().Order(StringComparer.Ordinal)]),
    };

    private static JsonNode OneOrMany(string[] texts) => texts.Length == 1
        ? JsonValue.Create(texts[0])
        : new JsonArray([.. texts.Select(text => JsonValue.Create(text))]);
}
