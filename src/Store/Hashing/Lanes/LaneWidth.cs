namespace JadaStore.Store.Hashing.Lanes;

/// <summary>How many chunks are hashed side by side; the value is the number.</summary>
/// <remarks>Every width gives the same digests. Callers pass <see cref="LaneBatch.Best"/>; only tests force
/// another.</remarks>
internal enum LaneWidth
{
    /// <summary>One after the other, on plain integers.</summary>
    One = 1,

    /// <summary>Vectors of 128 bits: SSE, NEON.</summary>
    Four = 4,

    /// <summary>Vectors of 256 bits: AVX2.</summary>
    Eight = 8,

    /// <summary>Vectors of 512 bits: AVX-512.</summary>
    Sixteen = 16,
}
