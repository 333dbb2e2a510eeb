using System.Text.Json;
using System.Text.Json.Nodes;

namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>An operation, and what it is given: constants, and texts with variables.</summary>
/// <param name="Operation">AWS's name of it.</param>
/// <param name="Input">Not to be changed.</param>
internal sealed record RowQuestion(string Operation, JsonObject Input)
{
    /// <summary>What is sent for an item: a text that is nothing but a variable becomes the member as it is, and
    /// nothing
    /// where the item lacks that.</summary>
    /// <exception cref="InvalidDataException">A text with more in it names a member that the item lacks.</exception>
    public JsonObject InputFor(ItemScope scope) => Fill(Input, scope)!.AsObject();

    /// <summary>Tells an operation with an input from others.</summary>
    public static string KeyOf(string operation, JsonObject input) => $"{operation}\n{input.ToJsonString()}";

    private static JsonNode? Fill(JsonNode? template, ItemScope scope)
    {
        switch (template)
        {
            case JsonObject members:
                var filled = new JsonObject();
                foreach ((string name, JsonNode? value) in members)
                {
                    if (Fill(value, scope) is { } known)
                    {
                        filled[name] = known;
                    }
                }

                return filled;
            case JsonArray items:
                var list = new JsonArray();
                foreach (JsonNode? item in items)
                {
                    list.Add(Fill(item, scope));
                }

                return list;
            case not null when template.GetValueKind() == JsonValueKind.String:
                var text = RowText.Parse(template.GetValue<string>());
                return text.OnlyVariable is { } only
                    ? only.Value(scope)?.DeepClone()
                    : JsonValue.Create(text.Plain(scope));
            default:
                return template?.DeepClone();
        }
    }
}
