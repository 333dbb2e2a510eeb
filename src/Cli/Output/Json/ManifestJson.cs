namespace JadaStore.Cli.Output.Json;

/// <summary>What <c>manifest</c> prints.</summary>
internal sealed record ManifestJson(string Name, string Markdown);
