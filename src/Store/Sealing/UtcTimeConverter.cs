using System.Text.Json;
using System.Text.Json.Serialization;
using JadaStore.Store.Model;

namespace JadaStore.Store.Sealing;

/// <summary>
/// Times in JSON: RFC 3339 in UTC, ending in <c>Z</c>, as many digits as needed; nothing else is read.
/// </summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // Without the Z a time would be taken to be the reading machine's own.
        bool ok = reader.TryGetDateTimeOffset(out DateTimeOffset time)
            && !reader.HasValueSequence && reader.ValueSpan is [.., (byte)'Z'];
        return ok ? time : throw new JsonException("A time must be RFC 3339 in UTC and end in Z.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(FileTime.From(value).ToString());
}
