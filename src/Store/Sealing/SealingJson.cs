using System.Text.Json.Serialization;
using JadaStore.Store.Model;

namespace JadaStore.Store.Sealing;

/// <summary>The JSON that a repository keeps: snake_case, no null where the type says none, no member twice.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(UtcTimeConverter), typeof(CoverageStateConverter), typeof(AlarmKindConverter)])]
[JsonSerializable(typeof(ConfigDocument))]
[JsonSerializable(typeof(KeyDocument))]
[JsonSerializable(typeof(SnapshotRecord))]
[JsonSerializable(typeof(CondemnedDocument))]
[JsonSerializable(typeof(ForgottenDocument))]
[JsonSerializable(typeof(PinDocument))]
[JsonSerializable(typeof(LostDocument))]
internal sealed partial class SealingJson : JsonSerializerContext;
