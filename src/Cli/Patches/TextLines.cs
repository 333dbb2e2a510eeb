namespace JadaStore.Cli.Patches;

/// <summary>Cuts text into lines as git does: at <c>\n</c> only.</summary>
internal static class TextLines
{
    /// <summary>Each with its <c>\n</c>; only the last may lack it. Joined, they are the text.</summary>
    public static string[] Split(string text)
    {
        var lines = new List<string>();
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            int next = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..next]);
            start = next;
        }

        return [.. lines];
    }
}
