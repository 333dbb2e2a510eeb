using System.Text;
using JadaStore.Store.Sealing;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace JadaStore.Store.Tests.Sealing;

public sealed class KdfCostTests
{
    private static readonly byte[] Salt = Enumerable.Range(0x80, 16).Select(i => (byte)i).ToArray();

    /// <summary>The expected key was computed by another program, with its own Argon2id.</summary>
    [Fact]
    public void The_default_cost_gives_the_key_that_is_pinned()
    {
        byte[] key = new byte[32];
        KdfCost.Default.DeriveKey("Grüße, 世界 🔑", Salt, key);

        Assert.Equal("5f21f0d0467e0f72d0f9fb699799dcff76fffe582ee4914ceda3a6b757bbdc35", Convert.ToHexStringLower(key));
    }

    [Theory, InlineData(8, 1, ""), InlineData(8, 3, "a"), InlineData(100, 1, "correct horse"), InlineData(333, 2, "e\u0301\u00e9")]
    public void Agrees_with_another_Argon2id(int memory, int iterations, string password)
    {
        byte[] key = new byte[32], expected = new byte[32];
        new KdfCost(memory, iterations).DeriveKey(password, Salt, key);

        var judge = new Argon2BytesGenerator();
        judge.Init(new Argon2Parameters.Builder(Argon2Parameters.Argon2id)
            .WithVersion(Argon2Parameters.Version13)
            .WithMemoryAsKB(memory)
            .WithIterations(iterations)
            .WithParallelism(1)
            .WithSalt(Salt)
            .Build());
        judge.GenerateBytes(Encoding.UTF8.GetBytes(password), expected);

        Assert.Equal(expected, key);
    }

    /// <summary>Decided in docs/format.md: é typed as one character and as two are two passwords.</summary>
    [Fact]
    public void Passwords_are_not_normalized()
    {
        byte[] one = new byte[32], two = new byte[32];
        new KdfCost(8, 1).DeriveKey("\u00e9", Salt, one);
        new KdfCost(8, 1).DeriveKey("e\u0301", Salt, two);

        Assert.NotEqual(one, two);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_password()
    {
        var thrown = Assert.Throws<StoreException>(() => new KdfCost(8, 1).DeriveKey("a\ud800", Salt, new byte[32]));

        Assert.Equal(StoreFault.Refused, thrown.Fault);
    }

    [Theory]
    [InlineData(8, 1, 0)]
    [InlineData(1 << 20, 64, 0)]
    [InlineData(7, 1, 1)]
    [InlineData((1 << 20) + 1, 1, 1)]
    [InlineData(8, 0, 1)]
    [InlineData(8, 65, 1)]
    [InlineData(-1, int.MaxValue, 2)]
    public void All_problems_are_found_at_once(int memory, int iterations, int problems)
    {
        var cost = new KdfCost(memory, iterations);

        Assert.Equal(problems, cost.FindProblems().Count);
        if (problems > 0)
        {
            Assert.Throws<ArgumentException>(() => cost.DeriveKey("a", Salt, new byte[32]));
        }
    }
}
