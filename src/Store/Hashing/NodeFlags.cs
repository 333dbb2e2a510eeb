namespace JadaStore.Store.Hashing;

/// <summary>What a compression is for; the bits go into the last word of its state.</summary>
internal static class NodeFlags
{
    /// <summary>The first block of a chunk.</summary>
    public const byte ChunkStart = 1;

    /// <summary>The last block of a chunk.</summary>
    public const byte ChunkEnd = 2;

    /// <summary>Two chaining values, joined.</summary>
    public const byte Parent = 4;

    /// <summary>The last compression of all.</summary>
    public const byte Root = 8;

    /// <summary>Every compression of a keyed hash.</summary>
    public const byte KeyedHash = 16;

    /// <summary>Every compression of a key derivation's context.</summary>
    public const byte DeriveKeyContext = 32;

    /// <summary>Every compression of a key derivation's material.</summary>
    public const byte DeriveKeyMaterial = 64;
}
