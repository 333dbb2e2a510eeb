using System.Text.Json.Serialization;

namespace JadaStore.Store.Locks;

/// <summary>The JSON beside lock files; plain, for no secret is in it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LockHolder))]
internal sealed partial class LocksJson : JsonSerializerContext;
