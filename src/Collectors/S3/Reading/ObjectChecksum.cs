using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>Compares an object's bytes with what its headers say of them, by the cheapest way that they
/// offer.</summary>
/// <remarks>
/// An ETag of 32 hex digits is the MD5 of the content, unless a key of KMS or of the customer sealed it. Checksums of
/// parts (<c>…-3</c>) say nothing of the whole and are passed over.
/// </remarks>
internal sealed class ObjectChecksum : IDisposable
{
    private readonly IncrementalHash? _hash;
    private readonly byte[]? _expected;
    private uint _crc = uint.MaxValue;

    private ObjectChecksum(string name, byte[]? expected, IncrementalHash? hash)
    {
        Name = name;
        _expected = expected;
        _hash = hash;
    }

    /// <summary>What is compared; empty: nothing can be.</summary>
    public string Name { get; }

    /// <summary>For the answer to a request for the whole object.</summary>
    public static ObjectChecksum For(AwsResponse response)
    {
        if (Expected(response, "x-amz-checksum-crc32c", 4) is { } crc)
        {
            return new ObjectChecksum("CRC32C", crc, null);
        }

        if (Expected(response, "x-amz-checksum-sha256", 32) is { } sha256)
        {
            return new ObjectChecksum("SHA-256", sha256, IncrementalHash.CreateHash(HashAlgorithmName.SHA256));
        }

        if (Expected(response, "x-amz-checksum-sha1", 20) is { } sha1)
        {
            return new ObjectChecksum("SHA-1", sha1, IncrementalHash.CreateHash(HashAlgorithmName.SHA1));
        }

        return Md5(response) is { } md5
            ? new ObjectChecksum("MD5", md5, IncrementalHash.CreateHash(HashAlgorithmName.MD5))
            : new ObjectChecksum("", null, null);
    }

    /// <summary>Takes the next bytes of the content.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_hash is not null)
        {
            _hash.AppendData(bytes);
        }
        else if (_expected is not null)
        {
            _crc = Crc32C(_crc, bytes);
        }
    }

    /// <summary>Whether all bytes together are what the headers say; true where they say nothing.</summary>
    public bool Matches()
    {
        Span<byte> found = stackalloc byte[32];
        int length = 4;
        if (_hash is not null)
        {
            length = _hash.GetHashAndReset(found);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(found, ~_crc);
        }

        return _expected is null || found[..length].SequenceEqual(_expected);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash?.Dispose();

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

    private static uint Crc32C(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (ulong eight in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, eight);
        }

        foreach (byte one in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return crc;
    }
}
