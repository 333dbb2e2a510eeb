namespace JadaStore.Store.Sealing;

/// <summary>How a block's bytes are packed; the first byte of every block (docs/format.md, "Packs").</summary>
internal enum Codec
{
    /// <summary>As they are.</summary>
    Stored = 0,

    /// <summary>An LZ4 block, made quickly: some 400 MB/s on one core.</summary>
    Lz4Fast = 1,

    /// <summary>
    /// An LZ4 block, made with care: a seventh of that speed, and text a quarter smaller; read as quickly as the other.
    /// </summary>
    Lz4High = 2,
}
