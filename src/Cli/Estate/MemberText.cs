using System.Globalization;
using System.Text.Json;
using JadaStore.Cli.Output;

namespace JadaStore.Cli.Estate;

/// <summary>A member that differs, in a few words: <c>Timeout 3 → 10</c>, <c>+Tags[env] prod</c>.</summary>
/// <remarks>Not yet safe for a terminal: names and values are as the documents have them.</remarks>
internal static class MemberText
{
    /// <summary>Columns of a value that is shown whole.</summary>
    public const int MaxColumns = 60;

    // What two long values have in common goes, but for so much.
    private const int Kept = 12;

    /// <summary>The words.</summary>
    /// <param name="change">The member.</param>
    /// <param name="path">How it is to be called.</param>
    public static string Of(MemberChange change, MemberPath path)
    {
        string name = path.Short();
        return change switch
        {
            { IsReordered: true } => $"{name} reordered",
            { Old: { } old, New: { } made } => $"{name} {Change(old, made)}",
            { New: { } made } => $"+{name}{Behind(path, made)}",
            { Old: { } old } => $"-{name}{Behind(path, old)}",
            _ => name,
        };
    }

    /// <summary>Text cut to <see cref="MaxColumns"/>.</summary>
    public static string Cut(string text) =>
        Columns.Of(text) <= MaxColumns ? text : Columns.Cut(text, MaxColumns - 1) + "…";

    private static string Change(JsonElement old, JsonElement made)
    {
        (string a, string b) = (Raw(old), Raw(made));
        int same = a.AsSpan().CommonPrefixLength(b);
        if (same > MaxColumns / 2 && Math.Max(Columns.Of(a), Columns.Of(b)) > MaxColumns)
        {
            int from = same - Kept;
            from += char.IsLowSurrogate(a[from]) ? 1 : 0;
            return $"{Cut("…" + a[from..])} → {Cut("…" + b[from..])}";
        }

        return $"{Value(old)} → {Value(made)}";
    }

    private static string Value(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && IsPlain(element.GetString()!)
            ? Cut(element.GetString()!)
            : Cut(ElementText.Of(element));

    private static string Raw(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : ElementText.Of(element);

    // An object is named by its path; only what is known by a name and has one value more is shown with it.
    private static string Behind(MemberPath path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return " " + Value(value);
        }

        MemberStep last = path.Steps.Count == 0 ? default : path.Steps[^1];
        if (last is { IsElement: true, Name.Length: 0 })
        {
            return " " + Value(value);
        }

        List<JsonProperty> others =
            [.. value.EnumerateObject().Where(member => !last.IsElement || member.Name != last.Name).Take(2)];
        bool isPair = last.IsElement
            && others is [{ Value.ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) }];
        return isPair ? " " + Value(others[0].Value) : "";
    }

    private static bool IsPlain(string text) =>
        text.Length > 0
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or ',' or '→')
        && text is not ("true" or "false" or "null")
        && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
