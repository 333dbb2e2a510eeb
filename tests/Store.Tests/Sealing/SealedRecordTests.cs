using System.Security.Cryptography;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Sealing;

public sealed class SealedRecordTests
{
    /// <summary>Sealed by another program, with its own AES-GCM and <c>b3sum</c>, from docs/format.md.</summary>
    private const string Pinned =
        "4a53544f5245534e0100000000000000808182838485868788898a8b8c8d8e8f"
        + "5ca2d80356519f6750f6b06020fbfc0ec8f580bb31b252ddfbd0d8c4bd";

    [Fact]
    public void Opens_the_record_that_is_pinned() =>
        Assert.Equal("""{"version":1}"""u8, SealedRecord.Open(Damage.Master(), Convert.FromHexString(Pinned)));

    [Theory, InlineData(0), InlineData(1), InlineData(100_000)]
    public void What_was_sealed_comes_back(int length)
    {
        byte[] json = new byte[length];
        new Random(length).NextBytes(json);

        Assert.Equal(json, SealedRecord.Open(Damage.Master(), SealedRecord.Seal(Damage.Master(), json)));
    }

    [Fact]
    public void Sealing_twice_gives_other_bytes_and_another_salt()
    {
        byte[] a = SealedRecord.Seal(Damage.Master(), "{}"u8), b = SealedRecord.Seal(Damage.Master(), "{}"u8);

        Assert.NotEqual(a[16..32], b[16..32]);
        Assert.NotEqual(a[32..], b[32..]);
    }

    [Fact]
    public void No_damaged_record_opens()
    {
        byte[] file = SealedRecord.Seal(Damage.Master(), """{"version":1}"""u8);
        using MasterKey master = Damage.Master();
        foreach (byte[] damaged in Damage.Of(file).Concat(Damage.Random(file, seed: 4, count: 500)).Append(
            [.. file, 0]))
        {
            if (!damaged.AsSpan().SequenceEqual(file))
            {
                Assert.Null(Damage.Try(() => SealedRecord.Open(master, damaged)));
            }
        }
    }

    [Fact]
    public void Another_repositorys_key_does_not_open_it() =>
        Damage.IsFound(() => SealedRecord.Open(new MasterKey(new byte[32]), Convert.FromHexString(Pinned)));

    [Fact]
    public void A_later_version_is_called_newer()
    {
        byte[] file = Convert.FromHexString(Pinned);
        file[8] = 2;

        Assert.Equal(
            StoreFault.NewerFormat, Assert.Throws<StoreException>(() => SealedRecord.Open(Damage.Master(), file)).Fault);
    }

    /// <summary>
    /// McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16: what this machine runs is AES-256-GCM.
    /// </summary>
    [Fact]
    public void The_runtime_seals_as_the_published_vector_says()
    {
        byte[] key = Convert.FromHexString("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
        byte[] plain = Convert.FromHexString(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        byte[] sealedBytes = new byte[plain.Length], tag = new byte[16];
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(
            Convert.FromHexString("cafebabefacedbaddecaf888"),
            plain,
            sealedBytes,
            tag,
            Convert.FromHexString("feedfacedeadbeeffeedfacedeadbeefabaddad2"));

        Assert.Equal(
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
            Convert.ToHexStringLower(sealedBytes));
        Assert.Equal("76fc6ece0f4e1768cddf8853bb2d551b", Convert.ToHexStringLower(tag));
    }
}
