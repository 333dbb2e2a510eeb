namespace JadaStore.Collectors.Aws.Models;

/// <summary>A shape where it is used: as a member, an item, an input or an output.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Traits">Its own, with those of this place over them.</param>
internal sealed record ShapeUse(Shape Shape, Traits Traits);
