namespace JadaStore.Cli.Output.Json;

/// <summary>A progress line of <c>verify --json</c> and <c>catalog rebuild --json</c>.</summary>
/// <param name="MessageType">What kind of line this is.</param>
/// <param name="Packs">Packs done.</param>
/// <param name="TotalPacks">Packs in all.</param>
/// <param name="Bytes">Bytes of content checked.</param>
internal sealed record ProgressOfPacks(string MessageType, int Packs, int TotalPacks, long Bytes);
