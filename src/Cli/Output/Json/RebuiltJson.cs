namespace JadaStore.Cli.Output.Json;

/// <summary>What <c>catalog rebuild</c> prints, as its last line.</summary>
internal sealed record RebuiltJson(bool Rebuilt, int Snapshots);
