namespace JadaStore.Cli.Output.Json;

/// <summary>What <c>version --json</c> prints.</summary>
internal sealed record ProgramJson(string Version, string Runtime, string Platform);
