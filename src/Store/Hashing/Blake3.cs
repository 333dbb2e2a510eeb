using JadaStore.Store.Hashing.Lanes;
using JadaStore.Store.Model;

namespace JadaStore.Store.Hashing;

/// <summary>BLAKE3 in its three modes, in one call for bytes that are at hand; <see cref="Blake3Hasher"/> for those
/// that come piecemeal.</summary>
/// <remarks>
/// Uses the widest vectors of the machine that the program may use. No call allocates but <see cref="DeriveKey"/>, for
/// its context. For machines of little-endian byte order. Method: the BLAKE3 paper, O'Connor et al., 2020.
/// </remarks>
public static class Blake3
{
    /// <summary>The plain hash, 32 bytes.</summary>
    public static Digest Hash(ReadOnlySpan<byte> input)
    {
        Span<byte> output = stackalloc byte[Digest.Size];
        HashState.Run(HashMode.Plain, input, output);
        return new Digest(output);
    }

    /// <summary>The plain hash, as many bytes as <paramref name="output"/> is long.</summary>
    public static void Hash(ReadOnlySpan<byte> input, Span<byte> output) =>
        HashState.Run(HashMode.Plain, input, output);

    /// <summary>The keyed hash, as many bytes as <paramref name="output"/> is long.</summary>
    /// <param name="key">Exactly 32 bytes.</param>
    /// <param name="input">Any number of bytes; may be the memory of <paramref name="output"/>.</param>
    /// <param name="output">Filled.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> has another length.</exception>
    public static void Keyed(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> output) =>
        HashState.Run(HashMode.Keyed(key), input, output);

    /// <summary>A key derived from <paramref name="material"/> for one purpose, which <paramref name="context"/>
    /// names.</summary>
    public static void DeriveKey(string context, ReadOnlySpan<byte> material, Span<byte> output) =>
        HashState.Run(HashMode.DeriveKey(context), material, output);

    /// <summary>The plain hashes of consecutive pieces of a buffer, hashed side by side.</summary>
    /// <remarks>
    /// The same as <see cref="Hash(ReadOnlySpan{byte})"/> of each, and two to three times as fast where they are small:
    /// give 64 KiB and more at once.
    /// </remarks>
    /// <param name="buffer">What is beyond the last piece is not read.</param>
    /// <param name="lengths">Piece i begins where piece i − 1 ends, the first at the start of the buffer; a piece may
    /// be empty.</param>
    /// <param name="digests">That of piece i goes to place i; places beyond the pieces are left alone.</param>
    /// <exception cref="ArgumentException">A length is negative, the pieces are longer than the buffer, or there are
    /// too few digests.</exception>
    public static void HashMany(ReadOnlySpan<byte> buffer, ReadOnlySpan<int> lengths, Span<Digest> digests) =>
        HashMany(buffer, lengths, digests, LaneBatch.Best);

    /// <summary>The keyed hash of each of many digests, 32 bytes; hashed side by side.</summary>
    /// <param name="key">Exactly 32 bytes.</param>
    /// <param name="inputs">May be the memory of <paramref name="outputs"/>.</param>
    /// <param name="outputs">That of input i goes to place i; places beyond the inputs are left alone.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> has another length, or there are too few
    /// outputs.</exception>
    public static void KeyedMany(ReadOnlySpan<byte> key, ReadOnlySpan<Digest> inputs, Span<Digest> outputs) =>
        KeyedMany(key, inputs, outputs, LaneBatch.Best);

    /// <inheritdoc cref="HashMany(ReadOnlySpan{byte}, ReadOnlySpan{int}, Span{Digest})"/>
    internal static void HashMany(
        ReadOnlySpan<byte> buffer, ReadOnlySpan<int> lengths, Span<Digest> digests, LaneWidth width)
    {
        long sum = 0;
        foreach (int length in lengths)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(lengths));
            sum += length;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(sum, buffer.Length, nameof(lengths));
        ArgumentOutOfRangeException.ThrowIfLessThan(digests.Length, lengths.Length, nameof(digests));
        PieceHashes.Run(buffer, lengths, digests, width);
    }

    /// <inheritdoc cref="KeyedMany(ReadOnlySpan{byte}, ReadOnlySpan{Digest}, Span{Digest})"/>
    internal static void KeyedMany(
        ReadOnlySpan<byte> key, ReadOnlySpan<Digest> inputs, Span<Digest> outputs, LaneWidth width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs.Length, inputs.Length, nameof(outputs));
        KeyedDigests.Run(HashMode.Keyed(key), inputs, outputs, width);
    }
}
