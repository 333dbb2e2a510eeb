using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Hashing;

public sealed class PieceHashesTests
{
    [Theory, ClassData(typeof(Widths))]
    public void Gives_each_piece_the_hash_that_it_has_alone(string width)
    {
        var random = new Random(11);
        byte[] buffer = new byte[500_000];
        random.NextBytes(buffer);
        int[] largest = [1, 100, 300, 1025, 3000, 15_000, 70_000, 400_000];
        for (int round = 0; round < 16; round++)
        {
            var lengths = new List<int>();
            int left = buffer.Length - random.Next(50_000);
            while (lengths.Count < 700)
            {
                int length = random.Next(largest[round % largest.Length] + 1);
                length = round % 3 == 0 ? length / 64 * 64 : length;
                if (length > left)
                {
                    break;
                }

                lengths.Add(length);
                left -= length;
            }

            Check(buffer, [.. lengths], width);
        }
    }

    [Theory, ClassData(typeof(Widths))]
    public void Gives_right_hashes_at_every_edge(string width)
    {
        byte[] buffer = TestVectors.Input(300_000);
        Check(buffer, [], width);
        Check(buffer, [0], width);
        Check(buffer, [0, 0, 0], width);
        Check(buffer, [1], width);
        Check(buffer, [1024], width);
        Check(buffer, [0, 1024, 0, 1025, 0, 2048, 2049, 0], width);
        Check(buffer, [256 * 1024], width);
        Check(buffer, [(256 * 1024) + 1], width);
        Check(buffer, [1, (256 * 1024) - 1, 1], width);
        Check(buffer, [buffer.Length], width);
        Check(buffer, [.. Enumerable.Repeat(1, 600)], width);
        Check(buffer, [.. Enumerable.Range(0, 200)], width);
        Check(buffer, [.. Enumerable.Range(0, 17).Select(i => i * 1024)], width);
    }

    /// <summary>The buffer is filled again and again: what an earlier round left behind a piece must not reach its
    /// hash.</summary>
    [Theory, ClassData(typeof(Widths))]
    public void Reads_nothing_beyond_a_piece(string width)
    {
        byte[] buffer = TestVectors.Input(5000);
        int[] lengths = [100, 1000, 1, 63, 65];
        Digest[] before = new Digest[lengths.Length];
        Blake3.HashMany(buffer, lengths, before, Widths.Of(width));
        Array.Fill(buffer, (byte)0xEE, lengths.Sum(), buffer.Length - lengths.Sum());
        Digest[] after = new Digest[lengths.Length];
        Blake3.HashMany(buffer, lengths, after, Widths.Of(width));
        Assert.Equal(before, after);
    }

    [Fact]
    public void Leaves_the_places_beyond_the_pieces_alone()
    {
        Digest mark = Blake3.Hash([1]);
        Digest[] digests = [mark, mark, mark];
        Blake3.HashMany(new byte[10], [4, 6], digests);
        Assert.Equal(Blake3.Hash(new byte[6]), digests[1]);
        Assert.Equal(mark, digests[2]);
    }

    [Fact]
    public void Refuses_pieces_that_do_not_fit()
    {
        byte[] buffer = new byte[100];
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake3.HashMany(buffer, [101], new Digest[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake3.HashMany(buffer, [50, 51], new Digest[2]));
        int[] overflowing = [int.MaxValue, int.MaxValue];
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake3.HashMany(buffer, overflowing, new Digest[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake3.HashMany(buffer, [-1, 5], new Digest[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Blake3.HashMany(buffer, [1, 1], new Digest[1]));
    }

    private static void Check(byte[] buffer, int[] lengths, string width)
    {
        Digest[] digests = new Digest[lengths.Length];
        Blake3.HashMany(buffer, lengths, digests, Widths.Of(width));
        int at = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            Assert.Equal(Blake3.Hash(buffer.AsSpan(at, lengths[i])), digests[i]);
            at += lengths[i];
        }
    }
}
