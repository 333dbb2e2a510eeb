using System.Text;
using JadaStore.Store.Hashing;

namespace JadaStore.Store.Tests.Hashing;

public sealed class Blake3HasherTests
{
    /// <summary>A chunk's last block must stay open until it is known whether more follows.</summary>
    [Theory, InlineData(1), InlineData(64), InlineData(65), InlineData(1024), InlineData(1025), InlineData(2100)]
    public void Gives_the_same_however_the_bytes_are_split_in_two(int length)
    {
        byte[] bytes = TestVectors.Input(length);
        string expected = Blake3.Hash(bytes).ToString();
        var hasher = new Blake3Hasher();
        for (int split = 0; split <= length; split++)
        {
            hasher.Reset();
            hasher.Update(bytes.AsSpan(0, split));
            hasher.Update(bytes.AsSpan(split));
            Assert.Equal(expected, hasher.Finish().ToString());
        }
    }

    /// <summary>Chunks are hashed in aligned groups of up to 128; portions of any size must not misplace one.</summary>
    [Theory, ClassData(typeof(Widths))]
    public void Gives_the_same_in_random_portions(string width)
    {
        var random = new Random(5);
        byte[] bytes = new byte[300 * 1024];
        random.NextBytes(bytes);
        var hasher = new Blake3Hasher(HashMode.Plain, Widths.Of(width));
        for (int round = 0; round < 24; round++)
        {
            int length = round % 2 == 0 ? random.Next(bytes.Length) : random.Next(bytes.Length / 1024) * 1024;
            int largest = 1 << random.Next(8, 19);
            hasher.Reset();
            for (int at = 0; at < length;)
            {
                int n = Math.Min(length - at, round % 3 == 0 ? largest : random.Next(largest));
                hasher.Update(bytes.AsSpan(at, n));
                at += n;
            }

            Assert.Equal(Blake3.Hash(bytes.AsSpan(0, length)), hasher.Finish());
        }
    }

    [Fact]
    public void Gives_the_hash_of_every_prefix_as_it_goes_on()
    {
        byte[] bytes = TestVectors.Input(9000);
        var hasher = new Blake3Hasher();
        for (int length = 0; length <= bytes.Length; length++)
        {
            if (length % 7 == 0 || length % 64 < 2)
            {
                Assert.Equal(Blake3.Hash(bytes.AsSpan(0, length)), hasher.Finish());
            }

            hasher.Update(bytes.AsSpan(length, length < bytes.Length ? 1 : 0));
        }
    }

    [Fact]
    public void Gives_what_the_official_vectors_say_in_every_mode()
    {
        TestVectors vectors = TestVectors.Load();
        Blake3Hasher plain = new();
        Blake3Hasher keyed = Blake3Hasher.Keyed(Encoding.ASCII.GetBytes(vectors.Key));
        Blake3Hasher derive = Blake3Hasher.DeriveKey(vectors.Context);
        foreach (TestVectors.Case vector in vectors.Cases)
        {
            byte[] input = TestVectors.Input(vector.Length);
            Assert.Equal(vector.Hash, InPortions(plain, input));
            Assert.Equal(vector.KeyedHash, InPortions(keyed, input));
            Assert.Equal(vector.DeriveKey, InPortions(derive, input));
        }
    }

    [Fact]
    public void Takes_in_bytes_without_allocating()
    {
        byte[] bytes = TestVectors.Input(200_000);
        byte[] output = new byte[64];
        var hasher = new Blake3Hasher();
        hasher.Update(bytes);
        hasher.Finish(output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++)
        {
            hasher.Reset();
            hasher.Update(bytes);
            hasher.Update(bytes.AsSpan(0, 777));
            hasher.Finish(output);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static string InPortions(Blake3Hasher hasher, byte[] input)
    {
        hasher.Reset();
        foreach (byte[] portion in input.Chunk(1500))
        {
            hasher.Update(portion);
        }

        byte[] output = new byte[131];
        hasher.Finish(output);
        return Convert.ToHexStringLower(output);
    }
}
