using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Hashing;

public sealed class KeyedDigestsTests
{
    [Theory, ClassData(typeof(Widths))]
    public void Gives_each_digest_the_keyed_hash_of_its_bytes(string width)
    {
        byte[] key = TestVectors.Input(32);
        for (int count = 0; count < 150; count += count < 40 ? 1 : 23)
        {
            Digest[] inputs = [.. Enumerable.Range(0, count).Select(i => Blake3.Hash([(byte)i]))];
            Digest[] outputs = new Digest[count + 1];
            Blake3.KeyedMany(key, inputs, outputs, Widths.Of(width));
            Assert.Equal(inputs.Select(digest => Keyed(key, digest)), outputs[..count]);
            Assert.Equal(default, outputs[count]);
        }
    }

    [Fact]
    public void Outputs_may_be_the_memory_of_the_inputs()
    {
        byte[] key = TestVectors.Input(32);
        Digest[] digests = [.. Enumerable.Range(0, 100).Select(i => Blake3.Hash([(byte)i]))];
        Digest[] expected = [.. digests.Select(digest => Keyed(key, digest))];
        Blake3.KeyedMany(key, digests, digests);
        Assert.Equal(expected, digests);
    }

    [Fact]
    public void Refuses_a_wrong_key_and_too_few_outputs()
    {
        Assert.Throws<ArgumentException>(() => Blake3.KeyedMany(new byte[31], new Digest[1], new Digest[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake3.KeyedMany(new byte[32], new Digest[2], new Digest[1]));
    }

    private static Digest Keyed(byte[] key, Digest input)
    {
        byte[] output = new byte[32];
        Blake3.Keyed(key, input.ToArray(), output);
        return new Digest(output);
    }
}
