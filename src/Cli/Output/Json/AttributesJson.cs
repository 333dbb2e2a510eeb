using System.Text;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>Attributes as a JSON object.</summary>
internal static class AttributesJson
{
    /// <summary>Text as it is; what is no UTF-8 as an object with the member <c>base64</c>.</summary>
    public static JsonObject Of(IReadOnlyList<NamedValue> attributes)
    {
        var all = new JsonObject();
        foreach (NamedValue attribute in attributes)
        {
            all[attribute.Name] = Utf8.IsValid(attribute.Value)
                ? JsonValue.Create(Encoding.UTF8.GetString(attribute.Value))
                : new JsonObject { ["base64"] = JsonValue.Create(Convert.ToBase64String(attribute.Value)) };
        }

        return all;
    }
}
