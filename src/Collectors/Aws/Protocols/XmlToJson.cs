using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>Elements as JSON, by the model.</summary>
/// <remarks>
/// What the model does not know is kept: an element under its own name, its text as a string, its elements as members,
/// repeated ones as a list; an attribute as <c>@name</c>; text between elements as <c>#text</c>. An unknown element
/// that is called like a member of another element is kept as <c>xml:Name</c>. <see cref="JsonToXml"/> puts all of them
/// back.
/// </remarks>
internal static class XmlToJson
{
    /// <summary>For what has no other name.</summary>
    public const string Text = "#text", Attribute = "@", Unknown = "xml:";

    /// <summary>The members of a structure that stand in an element.</summary>
    public static JsonObject Structure(StructureShape shape, XmlItem item)
    {
        var members = new JsonObject();
        foreach (IGrouping<string, XmlItem> group in item.Children.GroupBy(child => child.Name, StringComparer.Ordinal))
        {
            if (shape.ByWireName.TryGetValue(group.Key, out string? known))
            {
                members.Add(known, Member(shape.Members[known], [.. group]));
            }
            else
            {
                members.Add(
                    shape.Members.ContainsKey(group.Key) ? Unknown + group.Key : group.Key, Anything([.. group]));
            }
        }

        foreach ((string name, string value) in item.Attributes)
        {
            string? member = shape.Members.FirstOrDefault(
                member => member.Value.Traits.XmlAttribute && LocalName(member.Value) == name).Key;
            members.TryAdd(member ?? Attribute + name, JsonValue.Create(value));
        }

        AddText(members, item);
        return members;
    }

    /// <summary>Whatever it is, without a model.</summary>
    public static JsonNode Anything(XmlItem item)
    {
        if (item.Children.Count == 0 && item.Attributes.Count == 0)
        {
            return JsonValue.Create(item.Text);
        }

        var members = new JsonObject();
        foreach (IGrouping<string, XmlItem> group in item.Children.GroupBy(child => child.Name, StringComparer.Ordinal))
        {
            members.Add(group.Key, Anything([.. group]));
        }

        foreach ((string name, string value) in item.Attributes)
        {
            members.TryAdd(Attribute + name, JsonValue.Create(value));
        }

        AddText(members, item);
        return members;
    }

    /// <summary>One value of a shape.</summary>
    public static JsonNode Value(ShapeUse use, XmlItem item) => use.Shape switch
    {
        StructureShape structure when item.Children.Count > 0 || string.IsNullOrWhiteSpace(item.Text) =>
            Structure(structure, item),
        ListShape list when item.Children.Count > 0 || string.IsNullOrWhiteSpace(item.Text) =>
            List(list.Item, item.Children),
        MapShape map when item.Children.Count > 0 || string.IsNullOrWhiteSpace(item.Text) => Map(map, item.Children),
        ScalarShape scalar when item.Children.Count == 0 => ScalarText.Read(scalar.Type, item.Text),
        _ => Anything(item),
    };

    private static JsonNode Member(ShapeUse use, List<XmlItem> items) => use.Shape switch
    {
        ListShape list when use.Traits.Flattened => List(list.Item, items),
        MapShape map when use.Traits.Flattened => Map(map, items),
        _ => items.Count == 1 ? Value(use, items[0]) : new JsonArray([.. items.Select(item => Value(use, item))]),
    };

    private static JsonNode Anything(List<XmlItem> items) =>
        items.Count == 1 ? Anything(items[0]) : new JsonArray([.. items.Select(Anything)]);

    private static JsonArray List(ShapeUse use, List<XmlItem> items) => [.. items.Select(item => Value(use, item))];

    private static JsonObject Map(MapShape map, List<XmlItem> entries)
    {
        string keyName = map.Key.Traits.LocationName ?? "key", valueName = map.Value.Traits.LocationName ?? "value";
        var members = new JsonObject();
        foreach (XmlItem entry in entries)
        {
            string key = entry.Children.Find(child => child.Name == keyName)?.Text ?? "";
            XmlItem? value = entry.Children.Find(child => child.Name == valueName);
            members[key] = value is null ? null : Value(map.Value, value);
        }

        return members;
    }

    private static string LocalName(ShapeUse attribute)
    {
        string name = attribute.Traits.LocationName ?? "";
        return name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    private static void AddText(JsonObject members, XmlItem item)
    {
        if (!string.IsNullOrWhiteSpace(item.Text))
        {
            members.TryAdd(Text, JsonValue.Create(item.Text));
        }
    }
}
