namespace JadaStore.Collectors.Tests.Estate;

/// <summary>A source as a snapshot has it.</summary>
/// <param name="Files">What was read, by path inside the source.</param>
/// <param name="Faults">The paths that could not be; a folder's ends in <c>/</c>.</param>
internal sealed record CapturedTree(Dictionary<string, byte[]> Files, List<string> Faults);
