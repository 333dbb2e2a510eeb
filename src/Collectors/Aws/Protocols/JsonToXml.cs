using System.Text.Json.Nodes;
using System.Xml;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Store;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>JSON as elements, by the model; what the model does not know as <see cref="XmlToJson"/> keeps it.</summary>
internal sealed class JsonToXml
{
    private readonly XmlWriter _writer;
    private readonly string? _namespace;

    private JsonToXml(XmlWriter writer, string? ns)
    {
        _writer = writer;
        _namespace = ns;
    }

    /// <summary>A document with this value as its root.</summary>
    /// <param name="name">The root element.</param>
    /// <param name="use">What the value is; its default namespace holds for the whole document.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="StoreException">A name is none that XML allows.</exception>
    public static byte[] Write(string name, ShapeUse use, JsonNode? value)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            OmitXmlDeclaration = true,
            CheckCharacters = false,
            NewLineHandling = NewLineHandling.Entitize,
        };
        using (var writer = XmlWriter.Create(bytes, settings))
        {
            string? ns = use.Traits.XmlNamespace is { Prefix: null } found ? found.Uri : null;
            new JsonToXml(writer, ns).Value(name, use, value);
        }

        return bytes.ToArray();
    }

    private void Value(string name, ShapeUse use, JsonNode? value)
    {
        switch (use.Shape, value)
        {
            case (StructureShape shape, JsonObject members):
                Structure(name, shape, use.Traits, members);
                break;
            case (ListShape list, JsonArray items) when use.Traits.Flattened:
                Items(name, list.Item, items);
                break;
            case (ListShape list, JsonArray items):
                Start(name);
                Items(list.Item.Traits.LocationName ?? "member", list.Item, items);
                _writer.WriteEndElement();
                break;
            case (MapShape map, JsonObject members):
                Map(name, map, use.Traits.Flattened, members);
                break;
            case (ScalarShape scalar, not (JsonObject or JsonArray)):
                Start(name);
                _writer.WriteString(ScalarText.Write(scalar.Type, value, use.Traits.TimestampFormat ?? "iso8601"));
                _writer.WriteEndElement();
                break;
            case (_, JsonArray repeated):
                foreach (JsonNode? one in repeated)
                {
                    Value(name, use, one);
                }

                break;
            default:
                Anything(name, value);
                break;
        }
    }

    private void Items(string name, ShapeUse use, JsonArray items)
    {
        foreach (JsonNode? item in items)
        {
            Value(name, use, item);
        }
    }

    private void Map(string name, MapShape map, bool flattened, JsonObject members)
    {
        if (!flattened)
        {
            Start(name);
        }

        foreach ((string key, JsonNode? value) in members)
        {
            Start(flattened ? name : "entry");
            Value(map.Key.Traits.LocationName ?? "key", map.Key, JsonValue.Create(key));
            Value(map.Value.Traits.LocationName ?? "value", map.Value, value);
            _writer.WriteEndElement();
        }

        if (!flattened)
        {
            _writer.WriteEndElement();
        }
    }

    private void Structure(string name, StructureShape shape, Traits traits, JsonObject members)
    {
        Start(name);
        if (traits.XmlNamespace is { Prefix: { } prefix } declared)
        {
            _writer.WriteAttributeString("xmlns", prefix, null, declared.Uri);
        }

        Attributes(members, shape, traits);

        // In the model's order: some services mind it.
        foreach ((string member, ShapeUse use) in shape.Members)
        {
            if (!use.Traits.XmlAttribute
                && members.TryGetPropertyValue(member, out JsonNode? value) && value is not null)
            {
                Value(use.Traits.LocationName ?? member, use, value);
            }
        }

        Rest(members.Where(member => !shape.Members.ContainsKey(member.Key)));
        _writer.WriteEndElement();
    }

    private void Anything(string name, JsonNode? value)
    {
        if (value is JsonArray items)
        {
            foreach (JsonNode? item in items)
            {
                Anything(name, item);
            }

            return;
        }

        Start(name);
        if (value is JsonObject members)
        {
            Attributes(members, null, Traits.None);
            Rest(members);
        }
        else
        {
            _writer.WriteString(ScalarText.Write(ScalarType.Text, value, ""));
        }

        _writer.WriteEndElement();
    }

    private void Attributes(JsonObject members, StructureShape? shape, Traits traits)
    {
        foreach ((string key, JsonNode? value) in members)
        {
            string text = ScalarText.Write(ScalarType.Text, value, "");
            if (shape is not null && shape.Members.TryGetValue(key, out ShapeUse? use)
                && use.Traits is { XmlAttribute: true, LocationName: { } name })
            {
                int colon = name.IndexOf(':', StringComparison.Ordinal);
                string? prefix = colon < 0 ? null : name[..colon];
                _writer.WriteAttributeString(
                    prefix, name[(colon + 1)..], prefix is null ? null : traits.XmlNamespace?.Uri, text);
            }
            else if (key.StartsWith(XmlToJson.Attribute, StringComparison.Ordinal))
            {
                _writer.WriteAttributeString(Named(key[1..]), text);
            }
        }
    }

    private void Rest(IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        foreach ((string key, JsonNode? value) in members)
        {
            if (key == XmlToJson.Text)
            {
                _writer.WriteString(ScalarText.Write(ScalarType.Text, value, ""));
            }
            else if (!key.StartsWith(XmlToJson.Attribute, StringComparison.Ordinal))
            {
                bool marked = key.StartsWith(XmlToJson.Unknown, StringComparison.Ordinal);
                Anything(marked ? key[XmlToJson.Unknown.Length..] : key, value);
            }
        }
    }

    private void Start(string name)
    {
        if (_namespace is null)
        {
            _writer.WriteStartElement(Named(name));
        }
        else
        {
            _writer.WriteStartElement(null, Named(name), _namespace);
        }
    }

    private static string Named(string name)
    {
        try
        {
            return XmlConvert.VerifyNCName(name);
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            throw new StoreException(
                StoreFault.Refused, $"The document has a member `{name}`, which cannot be sent: it is no name in XML.",
                "", e);
        }
    }
}
