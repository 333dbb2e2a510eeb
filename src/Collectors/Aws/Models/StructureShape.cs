namespace JadaStore.Collectors.Aws.Models;

/// <summary>Named members.</summary>
internal sealed class StructureShape : Shape
{
    private readonly Dictionary<string, ShapeUse> _members = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, string>> _byWireName;

    /// <summary>Without members as yet.</summary>
    public StructureShape() => _byWireName = new(() =>
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, ShapeUse use) in _members)
        {
            if (use.Traits is { Location: MemberLocation.Body, XmlAttribute: false })
            {
                // The items of a flattened list stand under the list's own name, unless the items have one.
                string? item = use.Traits.Flattened && use.Shape is ListShape list
                    ? list.Item.Traits.LocationName
                    : null;
                names.TryAdd(item ?? use.Traits.LocationName ?? name, name);
            }
        }

        return names;
    });

    /// <summary>By the name that the AWS CLI prints, in the model's order.</summary>
    public IReadOnlyDictionary<string, ShapeUse> Members => _members;

    /// <summary>The members that stand in the body, by their names there: elements, or members of JSON.</summary>
    public IReadOnlyDictionary<string, string> ByWireName => _byWireName.Value;

    /// <summary>The member that is the whole body of a message; null when the members are.</summary>
    public string? Payload { get; init; }

    /// <summary>Called while the model is read: shapes may hold themselves.</summary>
    public void Add(string name, ShapeUse use) => _members.Add(name, use);
}
