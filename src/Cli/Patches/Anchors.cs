namespace JadaStore.Cli.Patches;

/// <summary>
/// Lines that surely belong together: each is there once on either side, and they stand in the same order.
/// </summary>
/// <remarks>Method: the first step of Bram Cohen's patience diff; the longest rising run by patience sorting, O(n log
/// n).</remarks>
internal static class Anchors
{
    /// <summary>The most pairs that can be had, in order.</summary>
    /// <param name="a">Lines of the older.</param>
    /// <param name="b">Lines of the newer.</param>
    /// <param name="placesA">Which of <paramref name="a"/> to look at, rising.</param>
    /// <param name="placesB">Which of <paramref name="b"/> to look at, rising.</param>
    /// <returns>Indices into <paramref name="placesA"/> and <paramref name="placesB"/>.</returns>
    public static List<(int A, int B)> Find(string[] a, string[] b, List<int> placesA, List<int> placesB)
    {
        Dictionary<string, int> onceA = Once(a, placesA);
        Dictionary<string, int> onceB = Once(b, placesB);
        var pairs = new List<(int A, int B)>();
        for (int i = 0; i < placesA.Count; i++)
        {
            string line = a[placesA[i]];
            if (onceA[line] == i && onceB.TryGetValue(line, out int j) && j >= 0)
            {
                pairs.Add((i, j));
            }
        }

        return LongestRising(pairs);
    }

    /// <summary>Where each line is; −1 for one that is there more than once.</summary>
    private static Dictionary<string, int> Once(string[] lines, List<int> places)
    {
        var once = new Dictionary<string, int>(places.Count, StringComparer.Ordinal);
        for (int i = 0; i < places.Count; i++)
        {
            if (!once.TryAdd(lines[places[i]], i))
            {
                once[lines[places[i]]] = -1;
            }
        }

        return once;
    }

    private static List<(int A, int B)> LongestRising(List<(int A, int B)> pairs)
    {
        int[] before = new int[pairs.Count];
        var tops = new List<int>();
        var ends = new List<int>();
        for (int i = 0; i < pairs.Count; i++)
        {
            int pile = ~ends.BinarySearch(pairs[i].B);
            before[i] = pile > 0 ? tops[pile - 1] : -1;
            if (pile == tops.Count)
            {
                tops.Add(i);
                ends.Add(pairs[i].B);
            }
            else
            {
                tops[pile] = i;
                ends[pile] = pairs[i].B;
            }
        }

        var run = new List<(int A, int B)>(tops.Count);
        for (int i = tops.Count > 0 ? tops[^1] : -1; i >= 0; i = before[i])
        {
            run.Add(pairs[i]);
        }

        run.Reverse();
        return run;
    }
}
