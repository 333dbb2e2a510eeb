using System.Text;
using System.Text.Unicode;
using JadaStore.Cli.Output;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Patches;

/// <summary>The patch of one file, with the headers that git reads.</summary>
internal sealed class FilePatch(PatchWriter writer)
{
    /// <summary>Writes it; nothing at all when git would see no difference.</summary>
    /// <param name="path">Source root first.</param>
    /// <param name="old">Null when added.</param>
    /// <param name="made">Null when removed.</param>
    public void Write(EntryPath path, PatchSide? old, PatchSide? made)
    {
        bool sameMode = old is null || made is null || old.Mode == made.Mode;
        bool sameBytes = HaveSameBytes(old, made);
        if (sameMode && sameBytes)
        {
            return;
        }

        string a = PatchPath.Quote("a/", path);
        string b = PatchPath.Quote("b/", path);
        writer.Header($"diff --git {a} {b}");
        WriteModes(old, made);
        if (sameBytes || (IsEmpty(old) && IsEmpty(made)))
        {
            return;
        }

        string from = old is null ? PatchPath.Nothing : a;
        string to = made is null ? PatchPath.Nothing : b;
        bool tooLarge = IsTooLarge(old) || IsTooLarge(made);
        if (!tooLarge && IsText(old) && IsText(made))
        {
            WriteText(Text(old), Text(made), from, to);
            return;
        }

        // By these two lines git knows a file without hunks for a binary one, and goes on to the next.
        string mode = sameMode && old is not null && made is not null ? $" {made.Mode}" : "";
        writer.Header($"index {PatchSide.Id(old)}..{PatchSide.Id(made)}{mode}");
        writer.Note($"{(tooLarge ? "Files" : "Binary files")} {from} and {to} differ");
        if (tooLarge)
        {
            writer.Note($"# too large to compare line by line ({SizeOf(old)}, {SizeOf(made)})");
        }
    }

    private void WriteModes(PatchSide? old, PatchSide? made)
    {
        switch (old, made)
        {
            case (null, not null):
                writer.Header($"new file mode {made.Mode}");
                break;
            case (not null, null):
                writer.Header($"deleted file mode {old.Mode}");
                break;
            case (not null, not null) when old.Mode != made.Mode:
                writer.Header($"old mode {old.Mode}");
                writer.Header($"new mode {made.Mode}");
                break;
        }
    }

    private void WriteText(string old, string made, string from, string to)
    {
        writer.Header($"--- {PatchPath.WithTab(from)}");
        writer.Header($"+++ {PatchPath.WithTab(to)}");
        UnifiedDiff.Write(old, made, writer);
        if (JsonDifference.TryFind(old, made, out IReadOnlyList<string> members))
        {
            // Behind the last hunk, where git skips what it does not know; a line end in a name could begin a header.
            foreach (string member in members)
            {
                writer.Note("# " + EntryText.Printable(member));
            }
        }
    }

    private static bool HaveSameBytes(PatchSide? old, PatchSide? made) =>
        old?.Bytes is not null && made?.Bytes is not null
            ? old.Bytes.AsSpan().SequenceEqual(made.Bytes)
            : old?.Digest is not null && old.Digest == made?.Digest;

    private static bool IsEmpty(PatchSide? side) => side is null || side.Bytes is { Length: 0 };

    private static bool IsTooLarge(PatchSide? side) => side is { Bytes: null };

    private static string SizeOf(PatchSide? side) => side is null ? "nothing" : Size.Text(side.Size);

    private static bool IsText(PatchSide? side) =>
        side is null || (!side.Bytes.AsSpan().Contains((byte)0) && Utf8.IsValid(side.Bytes));

    private static string Text(PatchSide? side) => side is null ? "" : Encoding.UTF8.GetString(side.Bytes!);
}
