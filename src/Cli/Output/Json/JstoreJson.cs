using System.Text.Json.Serialization;

namespace JadaStore.Cli.Output.Json;

/// <summary>The JSON that jstore prints: the shapes of this folder, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(SnapshotJson))]
[JsonSerializable(typeof(ChosenSourceJson))]
[JsonSerializable(typeof(EntryJson))]
[JsonSerializable(typeof(ChangeJson))]
[JsonSerializable(typeof(DiffSummaryJson))]
[JsonSerializable(typeof(ObjectJson))]
[JsonSerializable(typeof(RestoreJson))]
[JsonSerializable(typeof(VerifyJson))]
[JsonSerializable(typeof(RepairJson))]
[JsonSerializable(typeof(VerifySourceJson))]
[JsonSerializable(typeof(ProgressOfVerifySource))]
[JsonSerializable(typeof(VersionOfPathJson))]
[JsonSerializable(typeof(FoundJson))]
[JsonSerializable(typeof(StatsJson))]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(DecisionJson))]
[JsonSerializable(typeof(ForgottenJson))]
[JsonSerializable(typeof(KeyJson))]
[JsonSerializable(typeof(ManifestJson))]
[JsonSerializable(typeof(RebuiltJson))]
[JsonSerializable(typeof(RepositoryJson))]
[JsonSerializable(typeof(ProgramJson))]
[JsonSerializable(typeof(ProgressOfSnapshot))]
[JsonSerializable(typeof(ProgressOfRestore))]
[JsonSerializable(typeof(ProgressOfPacks))]
[JsonSerializable(typeof(PruneJson))]
[JsonSerializable(typeof(ProgressOfPrune))]
internal sealed partial class JstoreJson : JsonSerializerContext
{
}
