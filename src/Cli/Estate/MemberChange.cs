using System.Text.Json;

namespace JadaStore.Cli.Estate;

/// <summary>One member of a document that differs.</summary>
/// <param name="Path">Which.</param>
/// <param name="Old">Null where only the newer document has it.</param>
/// <param name="New">Null where only the older one has it.</param>
/// <param name="IsReordered">Whether both are lists of the same elements in another order.</param>
internal sealed record MemberChange(MemberPath Path, JsonElement? Old, JsonElement? New, bool IsReordered = false);
