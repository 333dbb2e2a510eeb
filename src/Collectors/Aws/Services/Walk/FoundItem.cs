using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Services.Rows;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>An item, and what was asked to find out more about it.</summary>
/// <param name="Scope">The item.</param>
/// <param name="Asked">What was asked; null: nothing was.</param>
/// <param name="Answer">The answer to that, which a document may be made of too.</param>
internal sealed record FoundItem(ItemScope Scope, string? Asked, JsonObject? Answer);
