using System.Text.Json;
using System.Text.Json.Serialization;
using JadaStore.Store.Model;

namespace JadaStore.Store.Sealing;

/// <summary>A value that a record has as a word.</summary>
/// <param name="read">The value that a word stands for.</param>
/// <param name="wordOf">The word of a value.</param>
/// <param name="what">What it tells, for the message where it is no word.</param>
internal abstract class WordConverter<T>(Func<string, T> read, Func<T, string> wordOf, string what) : JsonConverter<T>
{
    /// <inheritdoc/>
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? read(reader.GetString()!)
            : throw new JsonException($"{what} must be a word.");

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(wordOf(value));
}

/// <summary>What became of a part of a source, as <see cref="CoverageWord"/> has it.</summary>
internal sealed class CoverageStateConverter()
    : WordConverter<CoverageState>(CoverageWord.Read, CoverageWord.Of, "What became of a part of a source");

/// <summary>An alarm's kind, as <see cref="AlarmWord"/> has it.</summary>
internal sealed class AlarmKindConverter()
    : WordConverter<AlarmKind>(AlarmWord.Read, AlarmWord.Of, "What an alarm is of");
