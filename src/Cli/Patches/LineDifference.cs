using DiffPlex;
using DiffPlex.Model;

namespace JadaStore.Cli.Patches;

/// <summary>Which lines differ.</summary>
internal static class LineDifference
{
    /// <summary>
    /// Above this many pairs of lines to compare, texts are first cut at their anchors; a piece between two anchors
    /// that
    /// is still larger counts as replaced as a whole. The time of a comparison grows with the pairs: some 0.2 s here.
    /// </summary>
    private const long MaxPairs = 16_000_000;

    /// <summary>Blocks in order, none touching the next.</summary>
    /// <remarks>
    /// What both begin and end with is left out first, then every line that only one side has: neither can be part of a
    /// longest common run, so the answer is the shortest for all but large texts, and what has nothing in common costs
    /// nothing.
    /// </remarks>
    public static IReadOnlyList<DiffBlock> Find(string[] a, string[] b)
    {
        int head = CommonStart(a, b);
        int tail = CommonEnd(a, b, head);
        List<int> keptA = Shared(a, b, head, tail);
        List<int> keptB = Shared(b, a, head, tail);
        var matches = new List<(int A, int B)>();
        if (IsSmall(keptA, keptB))
        {
            Match(a, b, keptA, keptB, matches);
        }
        else
        {
            MatchBetweenAnchors(a, b, keptA, keptB, matches);
        }

        return Blocks(a.Length, b.Length, head, tail, matches);
    }

    private static int CommonStart(string[] a, string[] b)
    {
        int length = 0;
        while (length < a.Length && length < b.Length && a[length] == b[length])
        {
            length++;
        }

        return length;
    }

    private static int CommonEnd(string[] a, string[] b, int head)
    {
        int length = 0;
        while (length < a.Length - head && length < b.Length - head && a[^(length + 1)] == b[^(length + 1)])
        {
            length++;
        }

        return length;
    }

    /// <summary>
    /// The places in the middle of <paramref name="of"/> whose lines are somewhere in the middle of
    /// <paramref name="other"/>.
    /// </summary>
    private static List<int> Shared(string[] of, string[] other, int head, int tail)
    {
        var known =
            new HashSet<string>(other.AsSpan(head, other.Length - head - tail).ToArray(), StringComparer.Ordinal);
        var places = new List<int>();
        for (int i = head; i < of.Length - tail; i++)
        {
            if (known.Contains(of[i]))
            {
                places.Add(i);
            }
        }

        return places;
    }

    private static bool IsSmall(List<int> a, List<int> b) => (long)a.Count * b.Count <= MaxPairs;

    private static void MatchBetweenAnchors(
        string[] a, string[] b, List<int> keptA, List<int> keptB, List<(int A, int B)> matches)
    {
        int atA = 0;
        int atB = 0;
        foreach ((int anchorA, int anchorB) in Anchors.Find(a, b, keptA, keptB).Append((keptA.Count, keptB.Count)))
        {
            List<int> pieceA = keptA[atA..anchorA];
            List<int> pieceB = keptB[atB..anchorB];
            if (pieceA.Count > 0 && pieceB.Count > 0 && IsSmall(pieceA, pieceB))
            {
                Match(a, b, pieceA, pieceB, matches);
            }

            if (anchorA < keptA.Count)
            {
                matches.Add((keptA[anchorA], keptB[anchorB]));
            }

            atA = anchorA + 1;
            atB = anchorB + 1;
        }
    }

    private static void Match(string[] a, string[] b, List<int> keptA, List<int> keptB, List<(int A, int B)> matches)
    {
        string textA = string.Concat(keptA.Select(place => Ended(a[place])));
        string textB = string.Concat(keptB.Select(place => Ended(b[place])));
        DiffResult result =
            Differ.Instance.CreateDiffs(textA, textB, ignoreWhiteSpace: false, ignoreCase: false, LineChunker.Instance);
        int atA = 0;
        int atB = 0;
        foreach (DiffBlock block in result.DiffBlocks)
        {
            Pair(block.DeleteStartA);
            atA = block.DeleteStartA + block.DeleteCountA;
            atB = block.InsertStartB + block.InsertCountB;
        }

        Pair(keptA.Count);

        void Pair(int endA)
        {
            for (; atA < endA; atA++, atB++)
            {
                matches.Add((keptA[atA], keptB[atB]));
            }
        }
    }

    /// <summary>
    /// A last line without an end would flow into the next one; the mark keeps it apart from the same line with one.
    /// </summary>
    private static string Ended(string line) => line.EndsWith('\n') ? line : line + "\0\n";

    private static List<DiffBlock> Blocks(int lengthA, int lengthB, int head, int tail, List<(int A, int B)> matches)
    {
        var blocks = new List<DiffBlock>();
        int atA = head;
        int atB = head;
        foreach ((int a, int b) in matches.Append((lengthA - tail, lengthB - tail)))
        {
            if (a > atA || b > atB)
            {
                blocks.Add(new DiffBlock(atA, a - atA, atB, b - atB));
            }

            atA = a + 1;
            atB = b + 1;
        }

        return blocks;
    }
}
