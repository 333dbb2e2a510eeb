using DiffPlex.Model;

namespace JadaStore.Cli.Patches;

/// <summary>The difference of two texts as hunks with three lines of context.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>Writes the hunks; nothing when the texts are equal.</summary>
    public static void Write(string old, string made, PatchWriter writer)
    {
        string[] a = TextLines.Split(old);
        string[] b = TextLines.Split(made);
        IReadOnlyList<DiffBlock> blocks = LineDifference.Find(a, b);
        for (int first = 0; first < blocks.Count;)
        {
            int last = first;
            while (last + 1 < blocks.Count && GapBehind(blocks[last], blocks[last + 1]) <= 2 * Context)
            {
                last++;
            }

            WriteHunk(a, b, blocks, first, last, writer);
            first = last + 1;
        }
    }

    private static int GapBehind(DiffBlock block, DiffBlock next) =>
        next.DeleteStartA - (block.DeleteStartA + block.DeleteCountA);

    private static void WriteHunk(
        string[] a, string[] b, IReadOnlyList<DiffBlock> blocks, int first, int last, PatchWriter writer)
    {
        DiffBlock head = blocks[first];
        DiffBlock tail = blocks[last];
        int startA = Math.Max(0, head.DeleteStartA - Context);
        int startB = head.InsertStartB - (head.DeleteStartA - startA);
        int endA = Math.Min(a.Length, tail.DeleteStartA + tail.DeleteCountA + Context);
        int endB = tail.InsertStartB + tail.InsertCountB + (endA - tail.DeleteStartA - tail.DeleteCountA);
        writer.Place($"@@ -{Range(startA, endA - startA)} +{Range(startB, endB - startB)} @@");
        int at = startA;
        for (int i = first; i <= last; i++)
        {
            DiffBlock block = blocks[i];
            Each(a, at, block.DeleteStartA, writer.Same);
            at = block.DeleteStartA + block.DeleteCountA;
            Each(a, block.DeleteStartA, at, writer.Removed);
            Each(b, block.InsertStartB, block.InsertStartB + block.InsertCountB, writer.Added);
        }

        Each(a, at, endA, writer.Same);
    }

    private static void Each(string[] lines, int from, int to, Action<string> write)
    {
        for (int i = from; i < to; i++)
        {
            write(lines[i]);
        }
    }

    /// <summary>
    /// Lines count from 1; an empty range names the line before it; a count of 1 is left out, as GNU diff does.
    /// </summary>
    private static string Range(int start, int count) => count switch
    {
        0 => $"{start},0",
        1 => $"{start + 1}",
        _ => $"{start + 1},{count}",
    };
}
