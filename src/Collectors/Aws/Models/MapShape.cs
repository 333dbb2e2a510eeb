namespace JadaStore.Collectors.Aws.Models;

/// <summary>Values by key.</summary>
internal sealed class MapShape : Shape
{
    /// <summary>What a key is. Set once, while the model is read.</summary>
    public ShapeUse Key { get; set; } = null!;

    /// <summary>What a value is. Set once, while the model is read: shapes may hold themselves.</summary>
    public ShapeUse Value { get; set; } = null!;
}
