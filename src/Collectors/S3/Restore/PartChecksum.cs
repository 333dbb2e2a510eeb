using System.Security.Cryptography;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Checksums;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>Sums that go with content, so that S3 refuses what was changed on its way and stores what it once
/// stored.</summary>
/// <param name="Bytes">The MD5.</param>
internal readonly record struct PartChecksum(byte[] Bytes)
{
    private const string Prefix = "x-amz-checksum-", TypeHeader = "x-amz-checksum-type";

    private static readonly string[] Algorithms = ["crc64nvme", "crc32", "crc32c", "sha1", "sha256"];

    /// <summary>As a header of the request.</summary>
    public KeyValuePair<string, string> Header => new("content-md5", Convert.ToBase64String(Bytes));

    /// <summary>The MD5 of content.</summary>
    public static PartChecksum Md5(ReadOnlySpan<byte> content) =>
        new(CryptographicOperations.HashData(HashAlgorithmName.MD5, content));

    /// <summary>Compares the ETag of an answer with the sum, where it is one.</summary>
    /// <exception cref="IOException">S3 holds something else.</exception>
    public void Check(AwsResponse response, string? etag)
    {
        string text = etag?.Trim('"') ?? "";
        bool isMd5 =
            CapturedETag.IsHash(text) && !CapturedETag.IsSealed(response.Header("x-amz-server-side-encryption"));
        if (isMd5 && !text.Equals(Convert.ToHexStringLower(Bytes), StringComparison.OrdinalIgnoreCase))
        {
            throw new IOException(
                $"S3 says that it holds something else: its ETag is {text}, "
                + $"the MD5 is {Convert.ToHexStringLower(Bytes)}");
        }
    }

    /// <summary>The checksum that S3 told of the whole captured object, for a request that sends it whole.</summary>
    /// <remarks>Its algorithm is named too, as the SDKs do: there are servers that look at nothing else.</remarks>
    public static KeyValuePair<string, string>[] Captured(Entry entry)
    {
        string? algorithm = RestoredHeaders.Value(entry, TypeHeader) == "COMPOSITE" ? null
            : Array.Find(Algorithms, name => RestoredHeaders.Value(entry, Prefix + name) is { } sum && IsBase64(sum));
        return algorithm is null ? [] :
        [
            new(Prefix + algorithm, RestoredHeaders.Value(entry, Prefix + algorithm)!),
            new("x-amz-sdk-checksum-algorithm", algorithm.ToUpperInvariant()),
        ];
    }

    /// <summary>
    /// The algorithm by which the parts of an upload are summed up, in lower case, and what asks for it; null where
    /// that is left to S3, which then takes CRC-64.
    /// </summary>
    public static (string Algorithm, KeyValuePair<string, string>[] Headers)? OfParts(Entry entry)
    {
        string? algorithm = Array.Find(
            Algorithms[1..], name => RestoredHeaders.Value(entry, Prefix + name) is not null);
        bool isWhole = RestoredHeaders.Value(entry, TypeHeader) == "FULL_OBJECT";
        return algorithm is null || (isWhole && algorithm.StartsWith("sha", StringComparison.Ordinal)) ? null
            : (algorithm,
        [
            new("x-amz-checksum-algorithm", algorithm.ToUpperInvariant()),
            .. isWhole ? [new(TypeHeader, "FULL_OBJECT")] : (ReadOnlySpan<KeyValuePair<string, string>>)[],
        ]);
    }

    /// <summary>One part's checksum, in Base64.</summary>
    public static string OfPart(string algorithm, ReadOnlySpan<byte> content)
    {
        using Checksum sum = algorithm switch
        {
            "sha1" => Checksum.Of(HashAlgorithmName.SHA1),
            "sha256" => Checksum.Of(HashAlgorithmName.SHA256),
            "crc32c" => new Crc32C(),
            _ => new Crc32(),
        };
        sum.Append(content);
        return Convert.ToBase64String(sum.Finish());
    }

    private static bool IsBase64(string value) =>
        value.Length > 0 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || "+/=".Contains(letter));
}
