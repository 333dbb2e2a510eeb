using System.Diagnostics;
using JadaStore.Store.Sealing;
using JadaStore.Store.Tests.Packs;

namespace JadaStore.Store.Tests.Sealing;

public sealed class BlockCodecTests
{
    public static TheoryData<int, bool> Blocks()
    {
        var data = new TheoryData<int, bool>();
        foreach (int length in (int[])[1, 2, 12, 13, 31, 32, 33, 64, 1000, 65_546, 65_547, 262_144])
        {
            data.Add(length, false);
            data.Add(length, true);
        }

        data.Add(BlockCodec.MaxRawLength, false);

        return data;
    }

    [Theory, MemberData(nameof(Blocks))]
    public void A_block_comes_back_whatever_is_in_it_and_however_it_is_packed(int length, bool text)
    {
        byte[] raw = text ? Seeded.Text(length, length) : Seeded.Bytes(length, length);
        int[] lengths = Seeded.Lengths(new Random(length), length, Math.Min(length, BlockCodec.MaxChunkLength));
        foreach (Codec codec in Enum.GetValues<Codec>())
        {
            byte[] block = Encode(raw, lengths, codec);
            using RawBlock decoded = BlockCodec.Decode(block);

            Assert.True(block.Length <= BlockCodec.MaxEncodedLength);
            Assert.True(raw.AsSpan().SequenceEqual(decoded.Raw.Span));
            Assert.Equal(lengths, Enumerable.Range(0, decoded.ChunkCount).Select(decoded.ChunkLength));
            Assert.Equal(lengths.Take(1).Sum(), decoded.Chunk(0).Length);
        }
    }

    [Fact]
    public void The_bytes_of_a_stored_block_are_those_of_the_format() =>
        Assert.Equal("00050203026162636465", Convert.ToHexStringLower(Encode("abcde"u8, [3, 2], Codec.Lz4Fast)));

    [Theory, InlineData(1), InlineData(2)]
    public void What_can_be_compressed_is_and_what_cannot_is_stored(int preferred)
    {
        byte[] zeros = Encode(new byte[100_000], [100_000], (Codec)preferred);
        byte[] random = Encode(Seeded.Bytes(3, 100_000), [100_000], (Codec)preferred);

        Assert.Equal((byte)preferred, zeros[0]);
        Assert.InRange(zeros.Length, 10, 1000);
        Assert.Equal((byte)Codec.Stored, random[0]);
        Assert.InRange(random.Length, 100_000, 100_012);
    }

    [Fact]
    public void What_saves_less_than_a_32nd_is_stored()
    {
        byte[] raw = Seeded.Bytes(4, 100_000);
        raw.AsSpan(0, 2000).CopyTo(raw.AsSpan(50_000));       // saves 2 %

        Assert.Equal((byte)Codec.Stored, Encode(raw, [100_000], Codec.Lz4Fast)[0]);
        raw.AsSpan(0, 6000).CopyTo(raw.AsSpan(50_000));       // saves 6 %
        Assert.Equal((byte)Codec.Lz4Fast, Encode(raw, [100_000], Codec.Lz4Fast)[0]);
    }

    [Fact]
    public void Care_makes_text_smaller()
    {
        byte[] raw = Seeded.Text(5, 200_000);

        Assert.True(Encode(raw, [200_000], Codec.Lz4High).Length < Encode(raw, [200_000], Codec.Lz4Fast).Length);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void The_lz4_program_reads_the_payload(int codec)
    {
        byte[] raw = Seeded.Text(6, 50_000);
        byte[] block = Encode(raw, [50_000], (Codec)codec);
        const int header = 1 + 3 + 1 + 3;

        // A legacy LZ4 frame: a magic number, then blocks, each with its length before it.
        string file = Path.GetTempFileName();
        File.WriteAllBytes(
            file, [0x02, 0x21, 0x4C, 0x18, .. BitConverter.GetBytes(block.Length - header), .. block[header..]]);
        using Process? lz4 = StartLz4(file);
        if (lz4 is null)
        {
            Assert.NotEqual("true", Environment.GetEnvironmentVariable("CI"));
            return;
        }

        using var output = new MemoryStream();
        lz4.StandardOutput.BaseStream.CopyTo(output);
        lz4.WaitForExit();
        File.Delete(file);
        Assert.Equal(raw, output.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("00010101")]                       // no payload
    [InlineData("0301010161")]                     // no such codec
    [InlineData("ff01010161")]
    [InlineData("000001006161")]                   // no bytes
    [InlineData("0001006161")]                     // no chunk
    [InlineData("000202010061")]                   // an empty chunk
    [InlineData("00020303ff0061")]
    [InlineData("00020101616161")]                 // chunks come to less
    [InlineData("00020202026161")]                 // chunks come to more
    [InlineData("000201026161ff")]                 // bytes left over
    [InlineData("00020102616100")]
    [InlineData("0002010261")]                     // bytes missing
    [InlineData("0081000101000061")]               // a number not in its shortest form
    [InlineData("0081808002018180800261")]         // 4 MiB and one byte
    [InlineData("00818040018180404061")]           // a chunk of 1 MiB and one byte
    [InlineData("00ffffffffffffffffff0101ffffffffffffffffff0161")]
    [InlineData("0080808002ffffffffffffffffff0161")]
    [InlineData("010201021061")]                   // LZ4 that promises more than there is
    [InlineData("0104010410610100")]               // LZ4 that reaches back before the beginning
    [InlineData("0180808002018080800200")]
    public void What_is_no_block_is_damage(string hex)
    {
        var e = Assert.Throws<StoreException>(() => BlockCodec.Decode(Convert.FromHexString(hex)));

        Assert.Equal(StoreFault.Corrupt, e.Fault);
    }

    [Fact]
    public void Bytes_changed_at_random_give_damage_or_a_block_of_the_promised_length_and_nothing_else()
    {
        var random = new Random(7);
        byte[][] blocks =
        [
            Encode(Seeded.Text(8, 700), [300, 400], Codec.Lz4Fast), Encode(Seeded.Text(9, 3000), [3000], Codec.Lz4High),
            Encode(Seeded.Bytes(10, 90), [1, 88, 1], Codec.Stored), Encode(new byte[5000], [5000], Codec.Lz4Fast),
        ];
        for (int i = 0; i < 15_000; i++)
        {
            byte[] hostile = [.. blocks[i % blocks.Length]];
            for (int n = random.Next(4); n >= 0; n--)
            {
                hostile[random.Next(hostile.Length)] = (byte)random.Next(256);
            }

            int length = random.Next(3) == 0 ? random.Next(hostile.Length + 1) : hostile.Length;
            try
            {
                using RawBlock decoded = BlockCodec.Decode(hostile.AsSpan(0, length));
                Assert.Equal(decoded.Raw.Length, decoded.Edge(decoded.ChunkCount));
            }
            catch (StoreException e)
            {
                Assert.Equal(StoreFault.Corrupt, e.Fault);
            }
        }
    }

    [Theory]
    [InlineData(10, new[] { 9 }), InlineData(10, new[] { 11 }), InlineData(10, new[] { 10, 0 }), InlineData(0, new int[0])]
    [InlineData(10, new[] { 11, -1 }), InlineData(10, new int[0])]
    [InlineData(BlockCodec.MaxChunkLength + 1, new[] { BlockCodec.MaxChunkLength + 1 })]
    public void Lengths_that_do_not_fit_are_the_callers_mistake(int raw, int[] lengths) =>
        Assert.ThrowsAny<ArgumentException>(
            () => BlockCodec.Encode(new byte[raw], lengths, Codec.Stored, new byte[raw + 100]));

    internal static byte[] Encode(ReadOnlySpan<byte> raw, int[] lengths, Codec codec)
    {
        byte[] target = new byte[BlockCodec.MaxLengthFor(raw.Length, lengths)];
        return target[..BlockCodec.Encode(raw, lengths, codec, target)];
    }

    private static Process? StartLz4(string file)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("lz4", ["-d", "-c", file]) { RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
