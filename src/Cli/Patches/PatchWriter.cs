using JadaStore.Store.Model;

namespace JadaStore.Cli.Patches;

/// <summary>Writes the lines of a patch, each in the colour that git gives it.</summary>
/// <param name="output">Where to.</param>
/// <param name="color">Whether in colour.</param>
/// <param name="isTerminal">Whether a person reads it: then control characters are shown as paths have them, since a
/// terminal obeys them. Else it is a patch to the letter.</param>
internal sealed class PatchWriter(TextWriter output, bool color, bool isTerminal = false)
{
    private const string Reset = "\x1b[m";

    /// <summary>A header line.</summary>
    public void Header(string line) => Line("\x1b[1m", line);

    /// <summary>A line that says where a hunk lies.</summary>
    public void Place(string line) => Line("\x1b[36m", line);

    /// <summary>A line of context.</summary>
    public void Same(string line) => Body("", ' ', line);

    /// <summary>A line that is only in the older.</summary>
    public void Removed(string line) => Body("\x1b[31m", '-', line);

    /// <summary>A line that is only in the newer.</summary>
    public void Added(string line) => Body("\x1b[32m", '+', line);

    /// <summary>A remark.</summary>
    public void Note(string line) => Line("", line);

    private void Body(string code, char sign, string line)
    {
        bool ended = line.EndsWith('\n');
        Line(code, sign + (ended ? line[..^1] : line));
        if (!ended)
        {
            Line("", "\\ No newline at end of file");
        }
    }

    private void Line(string code, string text)
    {
        string line =
            isTerminal ? string.Join('\t', text.Split('\t').Select(part => new EntryPath(part).ToString())) : text;
        output.Write(color && code.Length > 0 ? $"{code}{line}{Reset}\n" : line + "\n");
    }
}
