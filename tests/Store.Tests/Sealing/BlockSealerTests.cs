using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;
using JadaStore.Store.Tests.Packs;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace JadaStore.Store.Tests.Sealing;

public sealed class BlockSealerTests
{
    private static readonly byte[] Master = Seeded.Bytes(1, MasterKey.Size);
    private static readonly byte[] Header = Seeded.Bytes(2, 32);
    private static readonly PackId Pack = new(Seeded.Bytes(3, PackId.Size));

    [Theory, InlineData(0u), InlineData(1u), InlineData(0x0102_0304u), InlineData(BlockSealer.FooterNumber)]
    public void Another_program_opens_it_from_the_formats_words_alone(uint number)
    {
        byte[] plain = Seeded.Bytes(4, 1000);
        byte[] sealedBytes = Seal(number, plain);

        byte[] id = new byte[PackId.Size], key = new byte[32], opened = new byte[plain.Length];
        Pack.CopyTo(id);
        Blake3.DeriveKey("JadaStore 2026-11 pack", [.. Master, .. id], key);
        byte[] nonce =
            [(byte)number, (byte)(number >> 8), (byte)(number >> 16), (byte)(number >> 24), 0, 0, 0, 0, 0, 0, 0, 0];
        var gcm = new GcmBlockCipher(new AesEngine());
        gcm.Init(false, new AeadParameters(new KeyParameter(key), 128, nonce, Header));
        int n = gcm.ProcessBytes(sealedBytes, 0, sealedBytes.Length, opened, 0);
        gcm.DoFinal(opened, n);

        Assert.Equal(plain, opened);
    }

    [Fact]
    public void Every_byte_counts()
    {
        byte[] sealedBytes = Seal(5, Seeded.Bytes(5, 100));
        using BlockSealer sealer = NewSealer();
        for (int i = 0; i < sealedBytes.Length; i++)
        {
            sealedBytes[i] ^= (byte)(1 << (i % 8));
            byte[] opened = Seeded.Bytes(6, 100);

            Assert.False(sealer.TryOpen(5, sealedBytes, opened));
            Assert.Equal(new byte[100], opened);
            Assert.Equal(
                StoreFault.Corrupt, Assert.Throws<StoreException>(() => sealer.Open(5, sealedBytes, opened)).Fault);
            sealedBytes[i] ^= (byte)(1 << (i % 8));
        }

        Assert.True(sealer.TryOpen(5, sealedBytes, new byte[100]));
    }

    [Fact]
    public void A_frame_opens_only_in_its_place_in_its_pack_under_its_key()
    {
        byte[] sealedBytes = Seal(5, new byte[10]);
        byte[] otherHeader = [.. Header];
        otherHeader[9] ^= 1;
        using BlockSealer here = NewSealer();
        using var otherMaster = new MasterKey(Seeded.Bytes(9, MasterKey.Size));
        using var sameMaster = new MasterKey(Master);
        using var underOtherKey = new BlockSealer(otherMaster, Pack, Header);
        using var inOtherPack = new BlockSealer(sameMaster, PackId.New(), Header);
        using var underOtherHeader = new BlockSealer(sameMaster, Pack, otherHeader);

        Assert.True(here.TryOpen(5, sealedBytes, new byte[10]));
        Assert.False(here.TryOpen(6, sealedBytes, new byte[10]));
        Assert.False(here.TryOpen(BlockSealer.FooterNumber, sealedBytes, new byte[10]));
        Assert.False(underOtherKey.TryOpen(5, sealedBytes, new byte[10]));
        Assert.False(inOtherPack.TryOpen(5, sealedBytes, new byte[10]));
        Assert.False(underOtherHeader.TryOpen(5, sealedBytes, new byte[10]));
    }

    [Fact]
    public void Many_threads_share_one()
    {
        using BlockSealer sealer = NewSealer();

        Parallel.For(0, 400, i =>
        {
            byte[] plain = Seeded.Bytes(i, 5000 + i), sealedBytes = new byte[plain.Length + BlockSealer.Overhead];
            byte[] opened = new byte[plain.Length];
            sealer.Seal((uint)i, plain, sealedBytes);
            Assert.True(sealer.TryOpen((uint)i, sealedBytes, opened));
            Assert.Equal(plain, opened);
        });
    }

    private static BlockSealer NewSealer()
    {
        using var master = new MasterKey(Master);
        return new BlockSealer(master, Pack, Header);
    }

    private static byte[] Seal(uint number, byte[] plain)
    {
        byte[] target = new byte[plain.Length + BlockSealer.Overhead];
        using BlockSealer sealer = NewSealer();
        sealer.Seal(number, plain, target);
        return target;
    }
}
