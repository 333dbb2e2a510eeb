using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<uint>;

namespace JadaStore.Store.Hashing.Lanes;

/// <summary>Sixteen lanes; quick with AVX-512, right wherever <see cref="IsSupported"/>.</summary>
/// <remarks>The quarter-rounds are written out for the reason that <see cref="Lanes8"/> gives.</remarks>
internal static unsafe class Lanes16
{
    /// <summary>Whether this machine can run it at all; without AVX-512 it is made of narrower vectors, and
    /// slow.</summary>
    public static bool IsSupported => Lanes8.IsSupported;

    /// <summary>Compresses the next <paramref name="blocks"/> blocks of every lane into its chaining value.</summary>
    /// <param name="lanes">Rows of sixteen. Only <c>Cv</c> is written.</param>
    /// <param name="blocks">At least 1. Counter, length and flags are the same for all of them.</param>
    /// <param name="key">The eight words that every lane starts from; null to go on from <c>Cv</c>.</param>
    [SkipLocalsInit]
    public static void Compress(LaneState* lanes, int blocks, uint* key)
    {
        V* m = stackalloc V[16];
        V* cv = (V*)lanes->Cv;
        if (key != null)
        {
            for (int i = 0; i < 8; i++)
            {
                cv[i] = Vector512.Create(key[i]);
            }
        }

        V h0 = cv[0], h1 = cv[1], h2 = cv[2], h3 = cv[3], h4 = cv[4], h5 = cv[5], h6 = cv[6], h7 = cv[7];
        byte* firstRound = MessageOrder.First, end = firstRound + MessageOrder.Count;
        for (nuint at = 0; at < (nuint)blocks * 64; at += 64)
        {
            Transpose(lanes->Block, at, m);
            V v0 = h0, v1 = h1, v2 = h2, v3 = h3, v4 = h4, v5 = h5, v6 = h6, v7 = h7;
            V v8 = Vector512.Create(Iv.Word0), v9 = Vector512.Create(Iv.Word1);
            V v10 = Vector512.Create(Iv.Word2), v11 = Vector512.Create(Iv.Word3);
            V v12 = *(V*)lanes->CounterLow, v13 = *(V*)lanes->CounterHigh;
            V v14 = *(V*)lanes->Length, v15 = *(V*)lanes->Flags;
            for (byte* order = firstRound; order < end; order += 16)
            {
                v0 = v0 + m[order[0]] + v4;
                v12 = Right(v12 ^ v0, 16);
                v8 += v12;
                v4 ^= v8;
                v4 = Right(v4, 12);
                v0 = v0 + m[order[1]] + v4;
                v12 = Right(v12 ^ v0, 8);
                v8 += v12;
                v4 ^= v8;
                v4 = Right(v4, 7);

                v1 = v1 + m[order[2]] + v5;
                v13 = Right(v13 ^ v1, 16);
                v9 += v13;
                v5 ^= v9;
                v5 = Right(v5, 12);
                v1 = v1 + m[order[3]] + v5;
                v13 = Right(v13 ^ v1, 8);
                v9 += v13;
                v5 ^= v9;
                v5 = Right(v5, 7);

                v2 = v2 + m[order[4]] + v6;
                v14 = Right(v14 ^ v2, 16);
                v10 += v14;
                v6 ^= v10;
                v6 = Right(v6, 12);
                v2 = v2 + m[order[5]] + v6;
                v14 = Right(v14 ^ v2, 8);
                v10 += v14;
                v6 ^= v10;
                v6 = Right(v6, 7);

                v3 = v3 + m[order[6]] + v7;
                v15 = Right(v15 ^ v3, 16);
                v11 += v15;
                v7 ^= v11;
                v7 = Right(v7, 12);
                v3 = v3 + m[order[7]] + v7;
                v15 = Right(v15 ^ v3, 8);
                v11 += v15;
                v7 ^= v11;
                v7 = Right(v7, 7);

                v0 = v0 + m[order[8]] + v5;
                v15 = Right(v15 ^ v0, 16);
                v10 += v15;
                v5 ^= v10;
                v5 = Right(v5, 12);
                v0 = v0 + m[order[9]] + v5;
                v15 = Right(v15 ^ v0, 8);
                v10 += v15;
                v5 ^= v10;
                v5 = Right(v5, 7);

                v1 = v1 + m[order[10]] + v6;
                v12 = Right(v12 ^ v1, 16);
                v11 += v12;
                v6 ^= v11;
                v6 = Right(v6, 12);
                v1 = v1 + m[order[11]] + v6;
                v12 = Right(v12 ^ v1, 8);
                v11 += v12;
                v6 ^= v11;
                v6 = Right(v6, 7);

                v2 = v2 + m[order[12]] + v7;
                v13 = Right(v13 ^ v2, 16);
                v8 += v13;
                v7 ^= v8;
                v7 = Right(v7, 12);
                v2 = v2 + m[order[13]] + v7;
                v13 = Right(v13 ^ v2, 8);
                v8 += v13;
                v7 ^= v8;
                v7 = Right(v7, 7);

                v3 = v3 + m[order[14]] + v4;
                v14 = Right(v14 ^ v3, 16);
                v9 += v14;
                v4 ^= v9;
                v4 = Right(v4, 12);
                v3 = v3 + m[order[15]] + v4;
                v14 = Right(v14 ^ v3, 8);
                v9 += v14;
                v4 ^= v9;
                v4 = Right(v4, 7);
            }

            h0 = v0 ^ v8;
            h1 = v1 ^ v9;
            h2 = v2 ^ v10;
            h3 = v3 ^ v11;
            h4 = v4 ^ v12;
            h5 = v5 ^ v13;
            h6 = v6 ^ v14;
            h7 = v7 ^ v15;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Right(V v, [ConstantExpected] byte bits) =>
        Avx512F.IsSupported ? Avx512F.RotateRight(v, bits) : (v >>> bits) | (v << (32 - bits));

    // Word i of the 64 bytes at `at` of every lane's block, to m[i]. The halves are joined in a register: a load of 64
    // bytes would wait for two stores of 32.
    [SkipLocalsInit]
    private static void Transpose(ulong* block, nuint at, V* m)
    {
        Vector256<uint>* half = stackalloc Vector256<uint>[32];
        Lanes8.Transpose(block, at, half);
        Lanes8.Transpose(block + 8, at, half + 16);
        for (int i = 0; i < 16; i++)
        {
            m[i] = Vector512.Create(half[i], half[i + 16]);
        }
    }
}
