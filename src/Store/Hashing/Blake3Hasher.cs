using JadaStore.Store.Hashing.Lanes;
using JadaStore.Store.Model;

namespace JadaStore.Store.Hashing;

/// <summary>BLAKE3 of bytes that come piecemeal, in any portions; the result does not depend on them.</summary>
/// <remarks>
/// About 3 KiB; nothing is allocated after the constructor. Fastest in portions of 128 KiB and more that begin at
/// a multiple of their size. Not for several threads at once.
/// </remarks>
public sealed class Blake3Hasher
{
    private readonly HashMode _mode;
    private readonly LaneWidth _width;
    private HashState _state;

    /// <summary>A plain hash.</summary>
    public Blake3Hasher()
        : this(HashMode.Plain, LaneBatch.Best)
    {
    }

    internal Blake3Hasher(in HashMode mode, LaneWidth width)
    {
        _mode = mode;
        _width = width;
        Reset();
    }

    /// <summary>A keyed hash.</summary>
    /// <param name="key">Exactly 32 bytes; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> has another length.</exception>
    public static Blake3Hasher Keyed(ReadOnlySpan<byte> key) => new(HashMode.Keyed(key), LaneBatch.Best);

    /// <summary>Derives a key for the purpose that <paramref name="context"/> names; what is taken in is the
    /// material.</summary>
    public static Blake3Hasher DeriveKey(string context) => new(HashMode.DeriveKey(context), LaneBatch.Best);

    /// <summary>Takes in the next bytes.</summary>
    public void Update(ReadOnlySpan<byte> input) => _state.Update(input);

    /// <summary>The hash of all bytes so far, as many bytes as <paramref name="output"/> is long; more may be taken in
    /// after it.</summary>
    public void Finish(Span<byte> output) => _state.Finish(output);

    /// <summary>The hash of all bytes so far, 32 bytes; more may be taken in after it.</summary>
    public Digest Finish()
    {
        Span<byte> output = stackalloc byte[Digest.Size];
        _state.Finish(output);
        return new Digest(output);
    }

    /// <summary>Forgets all bytes taken in; mode and key stay.</summary>
    public void Reset() => _state.Start(_mode, _width);
}
