using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Sealing;

/// <summary>What can happen to stored bytes, and what a reader may answer.</summary>
internal static class Damage
{
    /// <summary>The bytes cut off at every length, and with every single bit turned over.</summary>
    public static IEnumerable<byte[]> Of(byte[] bytes)
    {
        for (int length = 0; length < bytes.Length; length++)
        {
            yield return bytes[..length];
        }

        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] copy = [.. bytes];
            copy[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return copy;
        }
    }

    /// <summary>Random bytes, and the given bytes with random parts dropped, doubled and overwritten.</summary>
    public static IEnumerable<byte[]> Random(byte[] bytes, int seed, int count)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            byte[] noise = new byte[random.Next(100)];
            random.NextBytes(noise);
            yield return noise;

            int from = random.Next(bytes.Length), to = random.Next(bytes.Length);
            yield return [.. bytes[..from], .. bytes[to..]];
            yield return [.. bytes[..from], .. noise, .. bytes[Math.Min(bytes.Length, from + (noise.Length / 2))..]];
        }
    }

    /// <summary>
    /// The answer, or null when the bytes were refused as damaged or too new; any other exception is a bug.
    /// </summary>
    public static T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (StoreException e) when (e.Fault is StoreFault.Corrupt or StoreFault.NewerFormat)
        {
            return null;
        }
    }

    /// <summary>Fails unless <paramref name="read"/> says that what it was given is damaged.</summary>
    public static void IsFound(Action read) =>
        Assert.Equal(StoreFault.Corrupt, Assert.Throws<StoreException>(read).Fault);

    /// <summary>The key 0, 1, … 31.</summary>
    public static MasterKey Master() => new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    /// <summary>The id 40 41 … 4f.</summary>
    public static RepositoryId Repository { get; } = new(Enumerable.Range(0x40, 16).Select(i => (byte)i).ToArray());

    /// <summary>A time with a part of a second.</summary>
    public static DateTimeOffset Time { get; } = new(2026, 11, 5, 6, 7, 8, 900, TimeSpan.Zero);
}
