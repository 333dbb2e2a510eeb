using System.Text.Json;
using System.Text.Json.Serialization;
using JadaStore.Store.Model;

namespace JadaStore.Store.Sealing;

/// <summary>What became of a part of a source, as <see cref="CoverageWord"/> has it.</summary>
internal sealed class CoverageStateConverter : JsonConverter<CoverageState>
{
    /// <inheritdoc/>
    public override CoverageState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? CoverageWord.Read(reader.GetString()!)
            : throw new JsonException("What became of a part of a source must be a word.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CoverageState value, JsonSerializerOptions options) =>
        writer.WriteStringValue(CoverageWord.Of(value));
}
