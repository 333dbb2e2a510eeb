using System.Text.Json;

namespace JadaStore.Cli.Estate;

/// <summary>Two versions of a document.</summary>
/// <param name="Old">The older.</param>
/// <param name="New">The newer.</param>
/// <param name="Members">What differs; empty where only the layout does.</param>
internal sealed record DocumentDifference(JsonElement Old, JsonElement New, IReadOnlyList<MemberChange> Members);
