using System.Diagnostics;
using System.Text;
using JadaStore.Store.Hashing;
using JadaStore.Store.Hashing.Lanes;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;

namespace JadaStore.Store.Tests.Hashing;

public sealed class Blake3Tests
{
    private static readonly TestVectors Vectors = TestVectors.Load();

    [Fact]
    public void Gives_what_the_official_vectors_say_in_every_mode()
    {
        Assert.Equal(22, Vectors.Cases.Length);
        foreach (TestVectors.Case vector in Vectors.Cases)
        {
            byte[] input = TestVectors.Input(vector.Length);
            byte[] output = new byte[vector.Hash.Length / 2];
            Blake3.Hash(input, output);
            Assert.Equal(vector.Hash, Convert.ToHexStringLower(output));
            Assert.Equal(vector.Hash[..64], Blake3.Hash(input).ToString());
            Blake3.Keyed(Encoding.ASCII.GetBytes(Vectors.Key), input, output);
            Assert.Equal(vector.KeyedHash, Convert.ToHexStringLower(output));
            Blake3.DeriveKey(Vectors.Context, input, output);
            Assert.Equal(vector.DeriveKey, Convert.ToHexStringLower(output));
        }
    }

    [Theory, ClassData(typeof(Widths))]
    public void Gives_what_the_official_vectors_say_at_every_width(string width)
    {
        HashMode keyed = HashMode.Keyed(Encoding.ASCII.GetBytes(Vectors.Key));
        HashMode derive = HashMode.DeriveKey(Vectors.Context);
        foreach (TestVectors.Case vector in Vectors.Cases)
        {
            byte[] input = TestVectors.Input(vector.Length);
            Assert.Equal(vector.Hash, Run(HashMode.Plain, input, vector.Hash.Length / 2, Widths.Of(width)));
            Assert.Equal(vector.KeyedHash, Run(keyed, input, vector.KeyedHash.Length / 2, Widths.Of(width)));
            Assert.Equal(vector.DeriveKey, Run(derive, input, vector.DeriveKey.Length / 2, Widths.Of(width)));
        }
    }

    /// <summary>Lengths about every edge of blocks, chunks, lanes and groups, which the official ones do not all
    /// meet.</summary>
    [Theory, ClassData(typeof(Widths))]
    public void Agrees_with_another_implementation_on_random_bytes(string width)
    {
        var random = new Random(3);
        byte[] bytes = new byte[300_000];
        random.NextBytes(bytes);
        byte[] key = new byte[32];
        random.NextBytes(key);
        HashMode mode = HashMode.Keyed(key);
        for (int i = 0; i < 60; i++)
        {
            int edge = (i % 3) switch { 0 => 64, 1 => 1024, _ => 8 * 1024 };
            int length = Math.Clamp((random.Next(18) * edge) + random.Next(-2, 3), 0, bytes.Length);
            ReadOnlySpan<byte> input = bytes.AsSpan(random.Next(bytes.Length - length), length);
            Assert.Equal(BouncyCastle(null, input, 32), Run(HashMode.Plain, input, 32, Widths.Of(width)));
            Assert.Equal(BouncyCastle(key, input, 100), Run(mode, input, 100, Widths.Of(width)));
        }
    }

    [Fact]
    public void Output_of_any_length_begins_with_the_shorter_ones()
    {
        byte[] input = TestVectors.Input(5000);
        byte[] longest = new byte[1000];
        Blake3.Hash(input, longest);
        for (int length = 0; length < 200; length++)
        {
            byte[] output = new byte[length];
            Blake3.Hash(input, output);
            Assert.Equal(longest[..length], output);
        }

        Assert.Equal(BouncyCastle(null, input, 1000), Convert.ToHexStringLower(longest));
    }

    [Fact]
    public void Output_may_be_the_memory_of_the_input()
    {
        byte[] key = TestVectors.Input(32);
        byte[] bytes = TestVectors.Input(32);
        byte[] expected = new byte[32];
        Blake3.Keyed(key, bytes, expected);
        Blake3.Keyed(key, bytes, bytes);
        Assert.Equal(expected, bytes);
    }

    [Theory, InlineData(0), InlineData(31), InlineData(33)]
    public void A_key_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => Blake3.Keyed(new byte[length], [], new byte[32]));

    /// <summary>The judge that users have: <c>b3sum</c>. It must be there where CI runs.</summary>
    [Theory, InlineData(0), InlineData(1), InlineData(1024), InlineData(1025), InlineData(3_000_000)]
    public async Task Agrees_with_b3sum(int length)
    {
        if (!HasB3Sum())
        {
            Assert.NotEqual("true", Environment.GetEnvironmentVariable("CI"));
            return;
        }

        byte[] bytes = TestVectors.Input(length);
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, bytes);
            byte[] output = new byte[200];
            Blake3.Hash(bytes, output);
            Assert.Equal(await B3SumAsync(file), Blake3.Hash(bytes).ToString());
            Assert.Equal(await B3SumAsync("--length", "200", file), Convert.ToHexStringLower(output));
            Blake3.DeriveKey("JadaStore test", bytes, output);
            string derived = await B3SumAsync("--derive-key", "JadaStore test", "--length", "200", file);
            Assert.Equal(derived, Convert.ToHexStringLower(output));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Run(in HashMode mode, ReadOnlySpan<byte> input, int length, LaneWidth width)
    {
        byte[] output = new byte[length];
        HashState.Run(mode, input, output, width);
        return Convert.ToHexStringLower(output);
    }

    private static string BouncyCastle(byte[]? key, ReadOnlySpan<byte> input, int length)
    {
        var digest = new Blake3Digest();
        digest.Init(key is null ? null! : Blake3Parameters.Key(key));
        digest.BlockUpdate(input);
        byte[] output = new byte[length];
        digest.OutputFinal(output, 0, length);
        return Convert.ToHexStringLower(output);
    }

    private static bool HasB3Sum() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "b3sum")) || File.Exists(Path.Combine(folder, "b3sum.exe")));

    private static async Task<string> B3SumAsync(params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo("b3sum", ["--no-names", .. arguments]) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Trim();
    }
}
