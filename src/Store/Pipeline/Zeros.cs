using JadaStore.Store.Hashing;

namespace JadaStore.Store.Pipeline;

/// <summary>What a hole reads as.</summary>
internal static class Zeros
{
    private static readonly byte[] Some = new byte[64 * 1024];

    /// <summary>That many zero bytes, a piece at a time.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(long length)
    {
        for (long rest = length; rest > 0; rest -= Some.Length)
        {
            yield return Some.AsMemory(0, (int)Math.Min(rest, Some.Length));
        }
    }

    /// <summary>Hashes that many zero bytes; a hole of terabytes takes minutes, so it can be cancelled.</summary>
    public static void Hash(Blake3Hasher hasher, long length, CancellationToken cancellationToken)
    {
        foreach (ReadOnlyMemory<byte> piece in Of(length))
        {
            cancellationToken.ThrowIfCancellationRequested();
            hasher.Update(piece.Span);
        }
    }
}
