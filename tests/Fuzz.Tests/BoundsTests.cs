using System.IO.Compression;
using System.Text;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Protocols;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Lambda;
using JadaStore.Collectors.S3.Listing;
using JadaStore.Collectors.Tests.Lambda;
using JadaStore.Store;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Sealing;
using JadaStore.Store.Trees;

namespace JadaStore.Fuzz.Tests;

/// <summary>Inputs that claim more than there is, or nest deeper than a stack: refused, in little memory.</summary>
public sealed class BoundsTests
{
    private const long Little = 4 << 20;

    private static readonly PackId Pack = new(new byte[PackId.Size]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    public void A_page_that_claims_as_many_entries_as_there_are_numbers_takes_no_memory(byte height)
    {
        foreach (ulong count in (ulong[])[1UL << 60, 1UL << 31, 1UL << 63, ulong.MaxValue])
        {
            byte[] page = [height, .. Number(count), .. new byte[100]];
            RefusedInLittle(() => PageCodec.Read(page, default));
        }
    }

    [Fact]
    public void A_page_is_no_higher_than_any_map_needs()
    {
        RefusedInLittle(() => PageCodec.Read([33, 1, 0, 0], default));
        RefusedInLittle(() => PageCodec.Read([255, 1, 0, 0], default));
    }

    [Fact]
    public void A_footer_that_claims_as_many_blocks_takes_no_memory()
    {
        foreach (ulong count in (ulong[])[1UL << 32, 1UL << 60, ulong.MaxValue, 7_000_000])
        {
            RefusedInLittle(() => PackFooter.Decode(Pack, PackPurpose.Content, [.. Number(count), .. new byte[1000]]));
            byte[] chunks = [1, .. Number(21), .. Number(BlockCodec.MaxRawLength), .. Number(count), .. new byte[1000]];
            RefusedInLittle(() => PackFooter.Decode(Pack, PackPurpose.Content, chunks));
        }

        RefusedInLittle(
            () => PackFooter.DecodeTrailer(Pack, PackFooter.EncodeTrailer(-1, -1), long.MaxValue).ToString());
    }

    [Fact]
    public void A_block_that_claims_more_than_4_MiB_is_refused_before_it_is_unpacked()
    {
        foreach (ulong length in (ulong[])[(4 << 20) + 1, 1UL << 32, 1UL << 62, ulong.MaxValue])
        {
            byte[] block = [(byte)Codec.Lz4Fast, .. Number(length), 1, .. Number(length), .. new byte[200]];
            RefusedInLittle(() => BlockCodec.Decode(block));
            block = [(byte)Codec.Lz4Fast, 100, .. Number(length), .. new byte[200]];
            RefusedInLittle(() => BlockCodec.Decode(block));
        }
    }

    /// <summary>LZ4 packs 255 to 1 at best; what comes out is what was claimed, or nothing.</summary>
    [Fact]
    public void An_LZ4_bomb_fills_what_was_claimed_and_no_more()
    {
        byte[] bomb = [0x1F, 0, 1, 0, .. Enumerable.Repeat((byte)255, 16_000), 0, 0x50, 0, 0, 0, 0, 0];
        byte[] raw = new byte[(16_000 * 255) + 25];
        int length = PlainLz4.Decode(bomb, raw);
        Assert.InRange(length, 16_000 * 255, raw.Length);

        foreach (int claimed in (int[])[100, length - 1, length + 1, BlockCodec.MaxRawLength])
        {
            int[] chunks = [.. Enumerable.Repeat(BlockCodec.MaxChunkLength, claimed / BlockCodec.MaxChunkLength), claimed % BlockCodec.MaxChunkLength];
            chunks = [.. chunks.Where(chunk => chunk > 0)];
            byte[] block = [(byte)Codec.Lz4Fast, .. Number((ulong)claimed), (byte)chunks.Length, .. chunks.SelectMany(chunk => Number((ulong)chunk)), .. bomb];
            Assert.Equal(StoreFault.Corrupt, Assert.Throws<StoreException>(() => BlockCodec.Decode(block)).Fault);
        }
    }

    [Fact]
    public void Holes_whose_lengths_overflow_are_refused()
    {
        byte[] hole = Number((ulong.MaxValue - 1) | 1);
        byte[] most = Number(((ulong)long.MaxValue << 1) | 1);
        byte[] content = [0, .. Number(4096), .. Enumerable.Repeat(most, 4096).SelectMany(one => one)];
        foreach (ulong size in (ulong[])[long.MaxValue, 4096, 1, 1UL << 63])
        {
            byte[] entry = [(byte)EntryKind.File, .. Number(0b11_0001), .. Number(size), .. new byte[32], .. content];
            RefusedInLittle(() =>
            {
                var from = new ByteReader(entry, default);
                return EntryCodec.Read(ref from, new EntryPath("a"));
            });
        }

        Assert.Equal(most, hole);
        byte[] list = [.. Enumerable.Repeat(most, 4097).SelectMany(one => one)];
        RefusedInLittle(() => ExtentCodec.ReadList(list, default, 0));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void JSON_nested_100_000_deep_is_refused_as_any_other_damage(string again)
    {
        byte[] json = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(again, 100_000)));
        byte[] inside = [.. "{\"version\":1,\"format\":1,\"x\":"u8, .. json];
        RefusedInLittle(() => RepositoryConfig.Parse(inside));
        RefusedInLittle(() => KeySlot.Decode(inside));
        RefusedInLittle(() => SnapshotJson.Decode(inside));
        foreach ((string service, string operation) in (IEnumerable<(string, string)>)[("dynamodb", "DescribeTable"), ("lambda", "ListFunctions")])
        {
            Malformed(service, operation, json);
            Malformed(service, operation, [.. "{\"Table\":{\"Tags\":"u8, .. json]);
        }

        Assert.Equal("", AwsErrorReader.Read(400, _ => null, json).Message);
        AllTargets.Find("google-answer")!.Check(json);
        AllTargets.Find("json-in-text")!.Check(json);
    }

    [Theory]
    [InlineData("iam", "ListRoles")]
    [InlineData("ec2", "DescribeVpcs")]
    [InlineData("route53", "ListHostedZones")]
    public void XML_nested_100_000_deep_is_refused(string service, string operation)
    {
        byte[] xml = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 100_000)));
        Malformed(service, operation, xml);
        Malformed(
            service, operation, [.. xml, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("</a>", 100_000)))]);
    }

    [Fact]
    public void An_error_or_a_listing_nested_100_000_deep_ends_nothing()
    {
        string deep =
            string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000));
        Assert.Equal("BadRequest", AwsErrorReader.Read(400, _ => null, Encoding.UTF8.GetBytes(deep)).Code);
        byte[] listing =
            Encoding.UTF8.GetBytes($"<ListBucketResult><IsTruncated>false</IsTruncated>{deep}</ListBucketResult>");
        Assert.Empty(ListPageReader.Read(listing).Objects);
        Assert.Throws<IOException>(
            () => ListPageReader.Read(Encoding.UTF8.GetBytes($"<ListBucketResult><Contents><Key>{deep}")));
    }

    /// <summary>A document type can name a file of this machine, or make ten bytes into a thousand million.</summary>
    [Fact]
    public void No_answer_has_entities_of_its_own()
    {
        const string Laughs =
            "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/hostname\">]>";
        byte[] xml = Encoding.UTF8.GetBytes(
            Laughs + "<ListRolesResponse><ListRolesResult>&b;&c;</ListRolesResult></ListRolesResponse>");
        Malformed("iam", "ListRoles", xml);
        Malformed("route53", "ListHostedZones", xml);
        Assert.Throws<IOException>(
            () => ListPageReader.Read(Encoding.UTF8.GetBytes(Laughs + "<ListBucketResult>&c;</ListBucketResult>")));
        Assert.Equal("", AwsErrorReader.Read(400, _ => null, Encoding.UTF8.GetBytes(Laughs + "<Error><Message>&c;</Message></Error>")).Message);
    }

    [Fact]
    public void A_zip_of_more_than_200_000_entries_is_refused_before_it_is_listed()
    {
        RawZipEntry one = new("a") { SharesContent = true };
        byte[] zip = RawZip.Of([new RawZipEntry("a"), .. Enumerable.Repeat(one, ZipMembers.MaxEntries)]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using var held = new HeldBytes(zip.Length, inMemory: true);
        held.Write(0, zip);

        Assert.Contains(
            "more than 200000 entries", Assert.Throws<IOException>(() => ZipMembers.Open(held)).Message,
            StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, zip.Length + Little);
    }

    [Fact]
    public void A_zip_whose_entries_claim_more_than_1_GiB_is_not_unpacked()
    {
        RawZipEntry large = new("large", "x") { ClaimedSize = (1UL << 29) + 1 };
        using ZipArchive archive = Open(RawZip.Of(large, large with { Name = "b"u8.ToArray(), SharesContent = true }));

        Assert.Contains(
            "1073741824 bytes", Assert.Throws<IOException>(() => ZipMembers.Read(archive, new EntryPath("f/"))).Message,
            StringComparison.Ordinal);
        using ZipArchive lying = Open(RawZip.Of(large with { ClaimedSize = ulong.MaxValue }));
        Assert.ThrowsAny<IOException>(() => ZipMembers.Read(lying, new EntryPath("f/")).Select(member => member.Fault is null ? 0 : throw new IOException(member.Fault)).ToList());
    }

    /// <summary>
    /// Forty kilobytes that unpack to forty megabytes, and claim to be ten: no more than ten come out.
    /// </summary>
    [Fact]
    public void What_unpacks_to_more_than_it_claims_ends_there()
    {
        var bomb = new RawZipEntry("bomb", new string('\0', 40 << 20)) { Method = 8, ClaimedSize = 10 };
        byte[] zip = RawZip.Of(bomb);
        Assert.InRange(zip.Length, 1000, 100_000);
        using ZipArchive archive = Open(zip);
        ZipMember member = Assert.Single(ZipMembers.Read(archive, new EntryPath("f/")));
        long before = GC.GetAllocatedBytesForCurrentThread();
        using Stream content = ZipMembers.Guarded(archive.Entries[member.Index].Open);
        byte[] buffer = new byte[64];
        int read = 0;
        try
        {
            for (int count; (count = ZipMembers.Guarded(() => content.Read(buffer))) > 0; read += count)
            {
                Assert.True(read <= 128, "more comes than is claimed");
            }
        }
        catch (IOException)
        {
        }

        Assert.InRange(read, 0, 64);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Little);
    }

    private static ZipArchive Open(byte[] zip)
    {
        var held = new HeldBytes(zip.Length, inMemory: true);
        held.Write(0, zip);
        return ZipMembers.Open(held);
    }

    private static void Malformed(string service, string operation, byte[] body)
    {
        AwsModel model = AwsModel.Of(service);
        var answer = new WholeAnswer(200, [], body);
        AwsException e =
            Assert.Throws<AwsException>(() => AwsProtocols.Of(model).Read(model.Operation(operation), answer));
        Assert.Equal(AwsCalls.Malformed, e.Code);
    }

    private static void RefusedInLittle<T>(Func<T> read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        StoreException e = Assert.Throws<StoreException>(() => { read(); });
        Assert.Equal(StoreFault.Corrupt, e.Fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Little);
    }

    private static byte[] Number(ulong value)
    {
        byte[] bytes = new byte[Varint.MaxLength];
        return bytes[..Varint.Write(bytes, value)];
    }
}
