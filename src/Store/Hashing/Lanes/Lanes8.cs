using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector256<uint>;

namespace JadaStore.Store.Hashing.Lanes;

/// <summary>Eight lanes with AVX2; only to be called where <see cref="IsSupported"/>.</summary>
/// <remarks>
/// <para>AVX2's instructions by name and not the operators of <see cref="Vector256{T}"/>: compiled ahead of time for
/// machines with and without AVX2, the operators become calls, while the names stay what they are behind the check made
/// at run time.</para>
/// <para>The quarter-rounds are written out here and in the other kernels: shared through a method or a type
/// parameter, though inlined, they ran at half the speed.</para>
/// </remarks>
internal static unsafe class Lanes8
{
    /// <summary>Whether this machine has AVX2, and this program may use it.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Compresses the next <paramref name="blocks"/> blocks of every lane into its chaining value.</summary>
    /// <param name="lanes">Rows of eight. Only <c>Cv</c> is written.</param>
    /// <param name="blocks">At least 1. Counter, length and flags are the same for all of them.</param>
    /// <param name="key">The eight words that every lane starts from; null to go on from <c>Cv</c>.</param>
    [SkipLocalsInit]
    public static void Compress(LaneState* lanes, int blocks, uint* key)
    {
        V* m = stackalloc V[16];
        var by16 = Vector256.Create(Vector128.Create(0x01000302, 0x05040706, 0x09080B0A, 0x0D0C0F0E)).AsByte();
        var by8 = Vector256.Create(Vector128.Create(0x00030201, 0x04070605, 0x080B0A09, 0x0C0F0E0D)).AsByte();
        V* cv = (V*)lanes->Cv;
        if (key != null)
        {
            for (int i = 0; i < 8; i++)
            {
                cv[i] = Vector256.Create(key[i]);
            }
        }

        V h0 = cv[0], h1 = cv[1], h2 = cv[2], h3 = cv[3], h4 = cv[4], h5 = cv[5], h6 = cv[6], h7 = cv[7];
        byte* firstRound = MessageOrder.First, end = firstRound + MessageOrder.Count;
        for (nuint at = 0; at < (nuint)blocks * 64; at += 64)
        {
            Transpose(lanes->Block, at, m);
            V v0 = h0, v1 = h1, v2 = h2, v3 = h3, v4 = h4, v5 = h5, v6 = h6, v7 = h7;
            V v8 = Vector256.Create(Iv.Word0), v9 = Vector256.Create(Iv.Word1);
            V v10 = Vector256.Create(Iv.Word2), v11 = Vector256.Create(Iv.Word3);
            V v12 = *(V*)lanes->CounterLow, v13 = *(V*)lanes->CounterHigh;
            V v14 = *(V*)lanes->Length, v15 = *(V*)lanes->Flags;
            for (byte* order = firstRound; order < end; order += 16)
            {
                v0 = Avx2.Add(Avx2.Add(v0, m[order[0]]), v4);
                v12 = Avx2.Shuffle(Avx2.Xor(v12, v0).AsByte(), by16).AsUInt32();
                v8 = Avx2.Add(v8, v12);
                v4 = Avx2.Xor(v4, v8);
                v4 = Avx2.Or(Avx2.ShiftRightLogical(v4, 12), Avx2.ShiftLeftLogical(v4, 20));
                v0 = Avx2.Add(Avx2.Add(v0, m[order[1]]), v4);
                v12 = Avx2.Shuffle(Avx2.Xor(v12, v0).AsByte(), by8).AsUInt32();
                v8 = Avx2.Add(v8, v12);
                v4 = Avx2.Xor(v4, v8);
                v4 = Avx2.Or(Avx2.ShiftRightLogical(v4, 7), Avx2.ShiftLeftLogical(v4, 25));

                v1 = Avx2.Add(Avx2.Add(v1, m[order[2]]), v5);
                v13 = Avx2.Shuffle(Avx2.Xor(v13, v1).AsByte(), by16).AsUInt32();
                v9 = Avx2.Add(v9, v13);
                v5 = Avx2.Xor(v5, v9);
                v5 = Avx2.Or(Avx2.ShiftRightLogical(v5, 12), Avx2.ShiftLeftLogical(v5, 20));
                v1 = Avx2.Add(Avx2.Add(v1, m[order[3]]), v5);
                v13 = Avx2.Shuffle(Avx2.Xor(v13, v1).AsByte(), by8).AsUInt32();
                v9 = Avx2.Add(v9, v13);
                v5 = Avx2.Xor(v5, v9);
                v5 = Avx2.Or(Avx2.ShiftRightLogical(v5, 7), Avx2.ShiftLeftLogical(v5, 25));

                v2 = Avx2.Add(Avx2.Add(v2, m[order[4]]), v6);
                v14 = Avx2.Shuffle(Avx2.Xor(v14, v2).AsByte(), by16).AsUInt32();
                v10 = Avx2.Add(v10, v14);
                v6 = Avx2.Xor(v6, v10);
                v6 = Avx2.Or(Avx2.ShiftRightLogical(v6, 12), Avx2.ShiftLeftLogical(v6, 20));
                v2 = Avx2.Add(Avx2.Add(v2, m[order[5]]), v6);
                v14 = Avx2.Shuffle(Avx2.Xor(v14, v2).AsByte(), by8).AsUInt32();
                v10 = Avx2.Add(v10, v14);
                v6 = Avx2.Xor(v6, v10);
                v6 = Avx2.Or(Avx2.ShiftRightLogical(v6, 7), Avx2.ShiftLeftLogical(v6, 25));

                v3 = Avx2.Add(Avx2.Add(v3, m[order[6]]), v7);
                v15 = Avx2.Shuffle(Avx2.Xor(v15, v3).AsByte(), by16).AsUInt32();
                v11 = Avx2.Add(v11, v15);
                v7 = Avx2.Xor(v7, v11);
                v7 = Avx2.Or(Avx2.ShiftRightLogical(v7, 12), Avx2.ShiftLeftLogical(v7, 20));
                v3 = Avx2.Add(Avx2.Add(v3, m[order[7]]), v7);
                v15 = Avx2.Shuffle(Avx2.Xor(v15, v3).AsByte(), by8).AsUInt32();
                v11 = Avx2.Add(v11, v15);
                v7 = Avx2.Xor(v7, v11);
                v7 = Avx2.Or(Avx2.ShiftRightLogical(v7, 7), Avx2.ShiftLeftLogical(v7, 25));

                v0 = Avx2.Add(Avx2.Add(v0, m[order[8]]), v5);
                v15 = Avx2.Shuffle(Avx2.Xor(v15, v0).AsByte(), by16).AsUInt32();
                v10 = Avx2.Add(v10, v15);
                v5 = Avx2.Xor(v5, v10);
                v5 = Avx2.Or(Avx2.ShiftRightLogical(v5, 12), Avx2.ShiftLeftLogical(v5, 20));
                v0 = Avx2.Add(Avx2.Add(v0, m[order[9]]), v5);
                v15 = Avx2.Shuffle(Avx2.Xor(v15, v0).AsByte(), by8).AsUInt32();
                v10 = Avx2.Add(v10, v15);
                v5 = Avx2.Xor(v5, v10);
                v5 = Avx2.Or(Avx2.ShiftRightLogical(v5, 7), Avx2.ShiftLeftLogical(v5, 25));

                v1 = Avx2.Add(Avx2.Add(v1, m[order[10]]), v6);
                v12 = Avx2.Shuffle(Avx2.Xor(v12, v1).AsByte(), by16).AsUInt32();
                v11 = Avx2.Add(v11, v12);
                v6 = Avx2.Xor(v6, v11);
                v6 = Avx2.Or(Avx2.ShiftRightLogical(v6, 12), Avx2.ShiftLeftLogical(v6, 20));
                v1 = Avx2.Add(Avx2.Add(v1, m[order[11]]), v6);
                v12 = Avx2.Shuffle(Avx2.Xor(v12, v1).AsByte(), by8).AsUInt32();
                v11 = Avx2.Add(v11, v12);
                v6 = Avx2.Xor(v6, v11);
                v6 = Avx2.Or(Avx2.ShiftRightLogical(v6, 7), Avx2.ShiftLeftLogical(v6, 25));

                v2 = Avx2.Add(Avx2.Add(v2, m[order[12]]), v7);
                v13 = Avx2.Shuffle(Avx2.Xor(v13, v2).AsByte(), by16).AsUInt32();
                v8 = Avx2.Add(v8, v13);
                v7 = Avx2.Xor(v7, v8);
                v7 = Avx2.Or(Avx2.ShiftRightLogical(v7, 12), Avx2.ShiftLeftLogical(v7, 20));
                v2 = Avx2.Add(Avx2.Add(v2, m[order[13]]), v7);
                v13 = Avx2.Shuffle(Avx2.Xor(v13, v2).AsByte(), by8).AsUInt32();
                v8 = Avx2.Add(v8, v13);
                v7 = Avx2.Xor(v7, v8);
                v7 = Avx2.Or(Avx2.ShiftRightLogical(v7, 7), Avx2.ShiftLeftLogical(v7, 25));

                v3 = Avx2.Add(Avx2.Add(v3, m[order[14]]), v4);
                v14 = Avx2.Shuffle(Avx2.Xor(v14, v3).AsByte(), by16).AsUInt32();
                v9 = Avx2.Add(v9, v14);
                v4 = Avx2.Xor(v4, v9);
                v4 = Avx2.Or(Avx2.ShiftRightLogical(v4, 12), Avx2.ShiftLeftLogical(v4, 20));
                v3 = Avx2.Add(Avx2.Add(v3, m[order[15]]), v4);
                v14 = Avx2.Shuffle(Avx2.Xor(v14, v3).AsByte(), by8).AsUInt32();
                v9 = Avx2.Add(v9, v14);
                v4 = Avx2.Xor(v4, v9);
                v4 = Avx2.Or(Avx2.ShiftRightLogical(v4, 7), Avx2.ShiftLeftLogical(v4, 25));
            }

            h0 = Avx2.Xor(v0, v8);
            h1 = Avx2.Xor(v1, v9);
            h2 = Avx2.Xor(v2, v10);
            h3 = Avx2.Xor(v3, v11);
            h4 = Avx2.Xor(v4, v12);
            h5 = Avx2.Xor(v5, v13);
            h6 = Avx2.Xor(v6, v14);
            h7 = Avx2.Xor(v7, v15);
        }

        cv[0] = h0;
        cv[1] = h1;
        cv[2] = h2;
        cv[3] = h3;
        cv[4] = h4;
        cv[5] = h5;
        cv[6] = h6;
        cv[7] = h7;
    }

    /// <summary>Word i of the 64 bytes at <paramref name="at"/> of every lane's block, to
    /// <paramref name="m"/>[i].</summary>
    public static void Transpose(ulong* block, nuint at, V* m)
    {
        TransposeHalf(block, at, m);
        TransposeHalf(block, at + 32, m + 8);
    }

    private static void TransposeHalf(ulong* block, nuint at, V* m)
    {
        V a = *(V*)(block[0] + at), b = *(V*)(block[1] + at), c = *(V*)(block[2] + at), d = *(V*)(block[3] + at);
        V e = *(V*)(block[4] + at), f = *(V*)(block[5] + at), g = *(V*)(block[6] + at), h = *(V*)(block[7] + at);
        Pairs(Avx2.UnpackLow(a, b), Avx2.UnpackLow(c, d), Avx2.UnpackLow(e, f), Avx2.UnpackLow(g, h), m);
        Pairs(Avx2.UnpackHigh(a, b), Avx2.UnpackHigh(c, d), Avx2.UnpackHigh(e, f), Avx2.UnpackHigh(g, h), m + 2);
    }

    // Words i and i + 1 of two lanes, and words i + 4 and i + 5 of the same in the upper half, from each of four pairs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pairs(V ab, V cd, V ef, V gh, V* m)
    {
        V abcd = Avx2.UnpackLow(ab.AsUInt64(), cd.AsUInt64()).AsUInt32();
        V efgh = Avx2.UnpackLow(ef.AsUInt64(), gh.AsUInt64()).AsUInt32();
        m[0] = Avx2.Permute2x128(abcd, efgh, 0x20);
        m[4] = Avx2.Permute2x128(abcd, efgh, 0x31);
        abcd = Avx2.UnpackHigh(ab.AsUInt64(), cd.AsUInt64()).AsUInt32();
        efgh = Avx2.UnpackHigh(ef.AsUInt64(), gh.AsUInt64()).AsUInt32();
        m[1] = Avx2.Permute2x128(abcd, efgh, 0x20);
        m[5] = Avx2.Permute2x128(abcd, efgh, 0x31);
    }
}
