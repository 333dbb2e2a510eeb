using System.Security.Cryptography;

namespace JadaStore.Collectors.S3.Checksums;

/// <summary>A checksum of S3's, of bytes that come one run after the other.</summary>
internal abstract class Checksum : IDisposable
{
    /// <summary>Takes the next bytes.</summary>
    public abstract void Append(ReadOnlySpan<byte> bytes);

    /// <summary>The checksum of all bytes as S3 writes it, before base64: numbers big-endian. Asked once.</summary>
    public abstract byte[] Finish();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>One of those that the runtime has: SHA-1, SHA-256, MD5.</summary>
    public static Checksum Of(HashAlgorithmName name) => new Hash(IncrementalHash.CreateHash(name));

    private sealed class Hash(IncrementalHash hash) : Checksum
    {
        public override void Append(ReadOnlySpan<byte> bytes) => hash.AppendData(bytes);

        public override byte[] Finish() => hash.GetHashAndReset();

        public override void Dispose() => hash.Dispose();
    }
}
