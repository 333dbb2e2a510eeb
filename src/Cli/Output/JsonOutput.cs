using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JadaStore.Cli.Output.Json;

namespace JadaStore.Cli.Output;

/// <summary>Writes JSON results: one document, then a line end.</summary>
internal static class JsonOutput
{
    /// <summary>Text stays readable: this goes to a terminal or a file, never into HTML.</summary>
    private static readonly JstoreJson Shapes = new(new JsonSerializerOptions(JstoreJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>One value on one line.</summary>
    public static void Write<T>(TextWriter output, T value) => output.WriteLine(Text(value));

    /// <summary>A list, an element a line, without holding more than one of them.</summary>
    public static async Task WriteListAsync<T>(
        TextWriter output, IAsyncEnumerable<T> values, CancellationToken cancellationToken)
    {
        string before = "[";
        await foreach (T value in values.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await output.WriteAsync($"{before}\n{Text(value)}").ConfigureAwait(false);
            before = ",";
        }

        await output.WriteLineAsync(before == "[" ? "[]" : "\n]").ConfigureAwait(false);
    }

    /// <summary>A list that is at hand.</summary>
    public static void WriteList<T>(TextWriter output, IEnumerable<T> values)
    {
        string lines = string.Join(",\n", values.Select(Text));
        output.WriteLine(lines.Length == 0 ? "[]" : $"[\n{lines}\n]");
    }

    /// <summary>One value as text, without a line end.</summary>
    public static string Text<T>(T value) =>
        JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Shapes.GetTypeInfo(typeof(T))!);
}
