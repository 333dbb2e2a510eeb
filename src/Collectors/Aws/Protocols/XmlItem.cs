using System.Text;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>An element of an answer.</summary>
/// <param name="name">Without prefix: services disagree with themselves about namespaces.</param>
internal sealed class XmlItem(string name)
{
    private string _text = "";
    private StringBuilder? _parts;

    /// <summary>Its name without prefix.</summary>
    public string Name => name;

    /// <summary>Without prefixes, and without those that declare a namespace.</summary>
    public List<KeyValuePair<string, string>> Attributes { get; } = [];

    /// <summary>Its elements, in order.</summary>
    public List<XmlItem> Children { get; } = [];

    /// <summary>All text directly in it.</summary>
    public string Text => _parts is null ? _text : _parts.ToString();

    /// <summary>Adds text behind that which is there; any number of parts costs no more than their length.</summary>
    public void Append(string text)
    {
        if (_text.Length == 0)
        {
            _text = text;
        }
        else
        {
            (_parts ??= new StringBuilder(_text)).Append(text);
        }
    }
}
