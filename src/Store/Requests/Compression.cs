namespace JadaStore.Store.Requests;

/// <summary>How new blocks are compressed; what does not compress is stored as it is in any case.</summary>
public enum Compression
{
    /// <summary>LZ4, fast.</summary>
    Fast,

    /// <summary>LZ4, high compression: several times slower, some 15 % smaller, as fast to restore.</summary>
    High,

    /// <summary>Not at all.</summary>
    None,
}
