using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector128<uint>;

namespace JadaStore.Store.Hashing.Lanes;

/// <summary>Rotations by whole bytes of the words of a vector of 128 bits.</summary>
/// <remarks>
/// One shuffle where that is sure to be an instruction, else shifts. Compiled ahead of time for x64 machines that may
/// lack it, a shuffle is a call: that made the hash twenty times as slow.
/// </remarks>
internal static class Rotate128
{
    private static bool HasShuffle => Avx.IsSupported || AdvSimd.IsSupported;

    // Of each word's bytes 0 1 2 3: 2 3 0 1, and 1 2 3 0.
    private static Vector128<byte> By16 => Vector128.Create(0x01000302, 0x05040706, 0x09080B0A, 0x0D0C0F0E).AsByte();

    private static Vector128<byte> By8 => Vector128.Create(0x00030201, 0x04070605, 0x080B0A09, 0x0C0F0E0D).AsByte();

    /// <summary>Each word, turned right by 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Right16(V v) =>
        HasShuffle ? Vector128.Shuffle(v.AsByte(), By16).AsUInt32() : (v >>> 16) | (v << 16);

    /// <summary>Each word, turned right by 8 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Right8(V v) =>
        HasShuffle ? Vector128.Shuffle(v.AsByte(), By8).AsUInt32() : (v >>> 8) | (v << 24);
}
