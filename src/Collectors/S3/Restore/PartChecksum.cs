using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Reading;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>Sums that go with content, so that S3 refuses what was changed on its way and stores what it once stored.</summary>
/// <param name="Bytes">The MD5.</param>
internal readonly record struct PartChecksum(byte[] Bytes)
{
    private const string Prefix = "x-amz-checksum-", TypeHeader = "x-amz-checksum-type";

    private static readonly uint[] Crc32Table = MakeTable();

    /// <summary>As a header of the request.</summary>
    public KeyValuePair<string, string> Header => new("content-md5", Convert.ToBase64String(Bytes));

    /// <summary>The MD5 of content.</summary>
    public static PartChecksum Md5(ReadOnlySpan<byte> content) => new(CryptographicOperations.HashData(HashAlgorithmName.MD5, content));

    /// <summary>Compares the ETag of an answer with the sum, where it is one.</summary>
    /// <exception cref="IOException">S3 holds something else.</exception>
    public void Check(AwsResponse response, string? etag)
    {
        string text = etag?.Trim('"') ?? "";
        bool isMd5 = CapturedETag.IsHash(text) && !CapturedETag.IsSealed(response.Header("x-amz-server-side-encryption"));
        if (isMd5 && !text.Equals(Convert.ToHexStringLower(Bytes), StringComparison.OrdinalIgnoreCase))
        {
            throw new IOException($"S3 says that it holds something else: its ETag is {text}, the MD5 is {Convert.ToHexStringLower(Bytes)}");
        }
    }

    /// <summary>The checksums that S3 told of the whole captured object, for a request that sends it whole.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Captured(Entry entry) =>
        RestoredHeaders.Value(entry, TypeHeader) == "COMPOSITE" ? []
        : entry.Attributes
            .Where(one => one.Name.StartsWith(ObjectHeaders.Family + Prefix, StringComparison.Ordinal))
            .Select(one => new KeyValuePair<string, string>(
                one.Name[ObjectHeaders.Family.Length..], Encoding.Latin1.GetString(one.Value)))
            .Where(one => one.Key != TypeHeader && IsBase64(one.Value) && one.Key[Prefix.Length..].All(char.IsAsciiLetterOrDigit));

    /// <summary>
    /// The algorithm by which the parts of an upload are summed up, in lower case, and what asks for it; null where that
    /// is left to S3, which then takes CRC-64.
    /// </summary>
    public static (string Algorithm, KeyValuePair<string, string>[] Headers)? OfParts(Entry entry)
    {
        string? algorithm = Array.Find(["crc32", "crc32c", "sha1", "sha256"], name => RestoredHeaders.Value(entry, Prefix + name) is not null);
        bool isWhole = RestoredHeaders.Value(entry, TypeHeader) == "FULL_OBJECT";
        return algorithm is null || (isWhole && algorithm.StartsWith("sha", StringComparison.Ordinal)) ? null : (algorithm,
        [
            new("x-amz-checksum-algorithm", algorithm.ToUpperInvariant()),
            .. isWhole ? [new(TypeHeader, "FULL_OBJECT")] : (ReadOnlySpan<KeyValuePair<string, string>>)[],
        ]);
    }

    /// <summary>One part's checksum, in Base64.</summary>
    public static string OfPart(string algorithm, ReadOnlySpan<byte> content) => Convert.ToBase64String(algorithm switch
    {
        "sha1" => CryptographicOperations.HashData(HashAlgorithmName.SHA1, content),
        "sha256" => CryptographicOperations.HashData(HashAlgorithmName.SHA256, content),
        "crc32c" => BigEndian(Crc32C(content)),
        _ => BigEndian(Crc32(content)),
    });

    private static bool IsBase64(string value) => value.Length > 0 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || "+/=".Contains(letter));

    private static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static uint Crc32C(ReadOnlySpan<byte> content)
    {
        uint crc = uint.MaxValue;
        for (; content.Length >= 8; content = content[8..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(content));
        }

        foreach (byte value in content)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    private static uint Crc32(ReadOnlySpan<byte> content)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in content)
        {
            crc = Crc32Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
