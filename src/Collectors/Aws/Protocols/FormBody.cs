using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>A request of the query protocols: <c>Filter.1.Name=state&amp;Filter.1.Value.1=running</c>.</summary>
/// <param name="ec2">Whether names and lists are written as in <c>ec2</c>, not as in <c>query</c>.</param>
internal sealed class FormBody(bool ec2)
{
    private readonly StringBuilder _text = new();

    /// <summary>One parameter.</summary>
    public void Add(string name, string value) => _text.Append(_text.Length == 0 ? "" : "&")
        .Append(PercentEncoding.Encode(name)).Append('=').Append(PercentEncoding.Encode(value));

    /// <summary>The members of an input; what the model does not know under its own name.</summary>
    public void Add(StructureShape shape, JsonObject input) => Structure("", shape, input);

    /// <summary>As it is sent.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes(_text.ToString());

    private void Structure(string prefix, StructureShape shape, JsonObject members)
    {
        string above = prefix.Length == 0 ? "" : prefix + ".";
        foreach ((string name, JsonNode? value) in members)
        {
            if (value is null)
            {
                continue;
            }

            if (shape.Members.TryGetValue(name, out ShapeUse? use))
            {
                Value(above + NameOf(use.Traits, name), use, value);
            }
            else
            {
                Add(above + name, ScalarText.Write(ScalarType.Text, value, ""));
            }
        }
    }

    private void Value(string name, ShapeUse use, JsonNode? value)
    {
        switch (use.Shape, value)
        {
            case (StructureShape shape, JsonObject members):
                Structure(name, shape, members);
                break;
            case (ListShape list, JsonArray items):
                List(name, list, use.Traits.Flattened, items);
                break;
            case (MapShape map, JsonObject members):
                Map(use.Traits.Flattened ? name : name + ".entry", map, members);
                break;
            case (ScalarShape scalar, _):
                Add(name, ScalarText.Write(scalar.Type, value, use.Traits.TimestampFormat ?? "iso8601"));
                break;
            default:
                Add(name, ScalarText.Write(ScalarType.Text, value, ""));
                break;
        }
    }

    private void List(string name, ListShape list, bool flattened, JsonArray items)
    {
        string? item = list.Item.Traits.LocationName;
        if (!ec2 && items.Count == 0)
        {
            Add(name, "");
        }
        else if (!ec2 && !flattened)
        {
            name = $"{name}.{item ?? "member"}";
        }
        else if (!ec2 && item is not null)
        {
            // The items' name stands in place of the list's own.
            name = name[..(name.LastIndexOf('.') + 1)] + item;
        }

        for (int i = 0; i < items.Count; i++)
        {
            Value(Numbered(name, i), list.Item, items[i]);
        }
    }

    private void Map(string name, MapShape map, JsonObject members)
    {
        int i = 0;
        foreach ((string key, JsonNode? value) in members)
        {
            string entry = Numbered(name, i++);
            Add($"{entry}.{NameOf(map.Key.Traits, "key")}", key);
            Value($"{entry}.{NameOf(map.Value.Traits, "value")}", map.Value, value);
        }
    }

    private static string Numbered(string name, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}.{index + 1}");

    private string NameOf(Traits traits, string otherwise) => !ec2
        ? traits.LocationName ?? otherwise
        : traits.QueryName
            ?? (traits.LocationName is { Length: > 0 } name ? char.ToUpperInvariant(name[0]) + name[1..] : otherwise);
}
