namespace JadaStore.Collectors.Aws.Models;

/// <summary>Any number of values of one shape.</summary>
internal sealed class ListShape : Shape
{
    /// <summary>What each is. Set once, while the model is read: shapes may hold themselves.</summary>
    public ShapeUse Item { get; set; } = null!;
}
