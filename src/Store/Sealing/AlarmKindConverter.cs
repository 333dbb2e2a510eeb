using System.Text.Json;
using System.Text.Json.Serialization;
using JadaStore.Store.Model;

namespace JadaStore.Store.Sealing;

/// <summary>An alarm's kind, as <see cref="AlarmWord"/> has it.</summary>
internal sealed class AlarmKindConverter : JsonConverter<AlarmKind>
{
    /// <inheritdoc/>
    public override AlarmKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? AlarmWord.Read(reader.GetString()!)
            : throw new JsonException("What an alarm is of must be a word.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, AlarmKind value, JsonSerializerOptions options) =>
        writer.WriteStringValue(AlarmWord.Of(value));
}
