namespace JadaStore.Collectors.Aws.Models;

/// <summary>What a value of a service looks like: one of the sealed kinds of this folder.</summary>
internal abstract class Shape
{
    /// <summary>What holds wherever the shape is used, unless the use says otherwise.</summary>
    public Traits Traits { get; init; } = Traits.None;
}
