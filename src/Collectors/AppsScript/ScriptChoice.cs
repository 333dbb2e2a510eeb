namespace JadaStore.Collectors.AppsScript;

/// <summary>A project that is named.</summary>
/// <param name="Id">The script id, as in its address and in <c>.clasp.json</c>.</param>
/// <param name="Name">What its folder is called; null: its title.</param>
public sealed record ScriptChoice(string Id, string? Name)
{
    private const int LongestId = 256;

    /// <summary>Reads <c>ID</c> or <c>ID=NAME</c>; null where it is neither.</summary>
    public static ScriptChoice? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string id = equals < 0 ? text : text[..equals];
        string? name = equals < 0 ? null : text[(equals + 1)..];
        return IsId(id) && name is not "" ? new ScriptChoice(id, name) : null;
    }

    /// <summary>Whether it can be an id: it becomes part of addresses.</summary>
    internal static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
