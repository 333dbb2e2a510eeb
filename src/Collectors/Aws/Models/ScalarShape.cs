namespace JadaStore.Collectors.Aws.Models;

/// <summary>A single value.</summary>
/// <param name="type">Of this type.</param>
internal sealed class ScalarShape(ScalarType type) : Shape
{
    /// <summary>What it is.</summary>
    public ScalarType Type => type;
}
