namespace JadaStore.Collectors.Aws.Models;

/// <summary>Named members.</summary>
internal sealed class StructureShape : Shape
{
    private readonly Dictionary<string, ShapeUse> _members = new(StringComparer.Ordinal);

    /// <summary>By the name that the AWS CLI prints, in the model's order.</summary>
    public IReadOnlyDictionary<string, ShapeUse> Members => _members;

    /// <summary>The member that is the whole body of a message; null when the members are.</summary>
    public string? Payload { get; init; }

    /// <summary>Called while the model is read: shapes may hold themselves.</summary>
    public void Add(string name, ShapeUse use) => _members.Add(name, use);
}
