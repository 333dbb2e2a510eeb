namespace JadaStore.Store.Tests.Packs;

/// <summary>Bytes that are the same in every run: random, like text, or a mixture.</summary>
internal static class Seeded
{
    public static byte[] Bytes(int seed, int length)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Words of a small vocabulary: LZ4 finds much in it.</summary>
    public static byte[] Text(int seed, int length)
    {
        var random = new Random(seed);
        byte[][] words = [.. Enumerable.Range(0, 200).Select(i => Bytes(i, 3 + (i % 9)))];
        byte[] bytes = new byte[length];
        for (int at = 0; at < length;)
        {
            byte[] word = words[random.Next(words.Length)];
            int n = Math.Min(word.Length, length - at);
            word.AsSpan(0, n).CopyTo(bytes.AsSpan(at));
            at += n;
        }

        return bytes;
    }

    /// <summary>Cuts a length into pieces of 1 to <paramref name="most"/>.</summary>
    public static int[] Lengths(Random random, int total, int most)
    {
        var lengths = new List<int>();
        while (total > 0)
        {
            int length = Math.Min(total, 1 + random.Next(most));
            lengths.Add(length);
            total -= length;
        }

        return [.. lengths];
    }
}
