using System.Security.Cryptography;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Checksums;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>Compares an object's bytes with what its headers say of them, by the cheapest way that they
/// offer.</summary>
/// <remarks>
/// An ETag of 32 hex digits is the MD5 of the content, unless a key of KMS or of the customer sealed it. Checksums of
/// parts (<c>…-3</c>) say nothing of the whole and are passed over.
/// </remarks>
internal sealed class ObjectChecksum : IDisposable
{
    // In the order of what they cost.
    private static readonly (string Header, string Name, int Length, Func<Checksum> Make)[] Known =
    [
        ("x-amz-checksum-crc32c", "CRC32C", 4, () => new Crc32C()),
        ("x-amz-checksum-crc32", "CRC32", 4, () => new Crc32()),
        ("x-amz-checksum-crc64nvme", "CRC64NVME", 8, () => new Crc64Nvme()),
        ("x-amz-checksum-sha256", "SHA-256", 32, () => Checksum.Of(HashAlgorithmName.SHA256)),
        ("x-amz-checksum-sha1", "SHA-1", 20, () => Checksum.Of(HashAlgorithmName.SHA1)),
    ];

    private readonly byte[] _expected;
    private readonly Checksum? _checksum;

    private ObjectChecksum(string name, byte[] expected, Checksum? checksum) =>
        (Name, _expected, _checksum) = (name, expected, checksum);

    /// <summary>What is compared; empty: nothing can be.</summary>
    public string Name { get; }

    /// <summary>For the answer to a request for the whole object.</summary>
    public static ObjectChecksum For(AwsResponse response)
    {
        foreach ((string header, string name, int length, Func<Checksum> make) in Known)
        {
            if (Expected(response, header, length) is { } expected)
            {
                return new ObjectChecksum(name, expected, make());
            }
        }

        return Md5(response) is { } md5
            ? new ObjectChecksum("MD5", md5, Checksum.Of(HashAlgorithmName.MD5))
            : new ObjectChecksum("", [], null);
    }

    /// <summary>Takes the next bytes of the content.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _checksum?.Append(bytes);

    /// <summary>Whether all bytes together are what the headers say; true where they say nothing. Asked once.</summary>
    public bool Matches() => _checksum is null || _checksum.Finish().AsSpan().SequenceEqual(_expected);

    /// <inheritdoc/>
    public void Dispose() => _checksum?.Dispose();

    private static byte[]? Expected(AwsResponse response, string header, int length)
    {
        byte[] bytes = new byte[length];
        return response.Header("x-amz-checksum-type") is not "COMPOSITE"
            && response.Header(header) is { } text
            && Convert.TryFromBase64String(text, bytes, out int written) && written == length
            ? bytes : null;
    }

    private static byte[]? Md5(AwsResponse response)
    {
        string etag = response.Header("etag")?.Trim('"') ?? "";
        bool sealedByKey = response.Header("x-amz-server-side-encryption") is { } how
            && how.StartsWith("aws:kms", StringComparison.Ordinal);
        return etag.Length == 32 && etag.All(char.IsAsciiHexDigit) && !sealedByKey
            && response.Header("x-amz-server-side-encryption-customer-algorithm") is null
            ? Convert.FromHexString(etag) : null;
    }
}
