namespace JadaStore.Store.Model;

/// <summary>The name of a chunk within one repository.</summary>
/// <remarks>
/// Keyed BLAKE3, under a key of the repository, of the chunk's plain BLAKE3 digest: so equal bytes have equal ids
/// within
/// one repository, an id tells nothing to whoever lacks the key, and the bytes are hashed only once.
/// </remarks>
/// <param name="Value">The 32 bytes.</param>
public readonly record struct ChunkId(Digest Value)
{
    /// <summary>Length in bytes: 32.</summary>
    public const int Size = Digest.Size;

    /// <param name="bytes">Exactly <see cref="Size"/> bytes; copied.</param>
    public ChunkId(ReadOnlySpan<byte> bytes)
        : this(new Digest(bytes))
    {
    }

    /// <summary>The first eight bytes, for hash tables and filters.</summary>
    public ulong Prefix => Value.Prefix;

    /// <summary>64 lowercase hex digits.</summary>
    public override string ToString() => Value.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();
}
