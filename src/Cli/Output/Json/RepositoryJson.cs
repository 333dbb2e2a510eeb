namespace JadaStore.Cli.Output.Json;

/// <summary>What <c>init --json</c> prints.</summary>
internal sealed record RepositoryJson(string Id, string Location, bool HasPassword);
