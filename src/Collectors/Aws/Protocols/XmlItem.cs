namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>An element of an answer.</summary>
/// <param name="name">Without prefix: services disagree with themselves about namespaces.</param>
internal sealed class XmlItem(string name)
{
    /// <summary>Its name without prefix.</summary>
    public string Name => name;

    /// <summary>Without prefixes, and without those that declare a namespace.</summary>
    public List<KeyValuePair<string, string>> Attributes { get; } = [];

    /// <summary>Its elements, in order.</summary>
    public List<XmlItem> Children { get; } = [];

    /// <summary>All text directly in it.</summary>
    public string Text { get; set; } = "";
}
