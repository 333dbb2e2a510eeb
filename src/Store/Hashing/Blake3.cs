using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Store.Hashing;

/// <summary>BLAKE3 in its three modes, one call for bytes that are at hand.</summary>
public static class Blake3
{
    private const uint ChunkStart = 1, ChunkEnd = 2, Parent = 4, Root = 8, KeyedHash = 16, ContextMode = 32, MaterialMode = 64;
    private static readonly uint[] Iv =
        [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19];

    /// <summary>The plain hash, 32 bytes.</summary>
    public static Digest Hash(ReadOnlySpan<byte> input)
    {
        Span<byte> output = stackalloc byte[Digest.Size];
        Hash(input, output);
        return new Digest(output);
    }

    /// <summary>The plain hash, as many bytes as <paramref name="output"/> is long.</summary>
    public static void Hash(ReadOnlySpan<byte> input, Span<byte> output) => Run(Iv, 0, input, output);

    /// <summary>The keyed hash; <paramref name="key"/> is 32 bytes.</summary>
    public static void Keyed(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<uint> words = stackalloc uint[8];
        ReadWords(key, words);
        Run(words, KeyedHash, input, output);
    }

    /// <summary>A key derived from <paramref name="material"/> for one purpose, which <paramref name="context"/> names.</summary>
    public static void DeriveKey(string context, ReadOnlySpan<byte> material, Span<byte> output)
    {
        Span<byte> contextKey = stackalloc byte[32];
        Run(Iv, ContextMode, Encoding.UTF8.GetBytes(context), contextKey);
        Span<uint> words = stackalloc uint[8];
        ReadWords(contextKey, words);
        Run(words, MaterialMode, material, output);
    }

    private static void Run(ReadOnlySpan<uint> key, uint flags, ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<uint> cv = stackalloc uint[8], block = stackalloc uint[16], state = stackalloc uint[16];
        Last(key, flags, input, 0, cv, block, out uint length, out ulong counter, out uint last);
        for (ulong i = 0; !output.IsEmpty; i++)
        {
            Compress(cv, block, (last & Parent) != 0 || i > 0 ? i : counter + i, length, last | Root, state);
            Span<byte> bytes = MemoryMarshal.AsBytes(state);
            int n = Math.Min(64, output.Length);
            bytes[..n].CopyTo(output);
            output = output[n..];
        }
    }

    // The last compression of a subtree, not yet run, so that the caller can make it the root or not.
    private static void Last(ReadOnlySpan<uint> key, uint flags, ReadOnlySpan<byte> input, ulong index,
        Span<uint> cv, Span<uint> block, out uint length, out ulong counter, out uint last)
    {
        Span<uint> state = stackalloc uint[16];
        if (input.Length <= 1024)
        {
            key.CopyTo(cv);
            counter = index;
            uint start = ChunkStart;
            while (input.Length > 64)
            {
                ReadWords(input[..64], block);
                Compress(cv, block, counter, 64, flags | start, state);
                state[..8].CopyTo(cv);
                input = input[64..];
                start = 0;
            }

            Span<byte> padded = stackalloc byte[64];
            padded.Clear();
            input.CopyTo(padded);
            ReadWords(padded, block);
            length = (uint)input.Length;
            last = flags | start | ChunkEnd;
            return;
        }

        int left = 1024 << BitOperations.Log2((uint)(input.Length - 1) / 1024);
        Span<uint> child = stackalloc uint[8], childBlock = stackalloc uint[16], parent = stackalloc uint[16];
        Last(key, flags, input[..left], index, child, childBlock, out uint n, out ulong c, out uint f);
        Compress(child, childBlock, (f & Parent) != 0 ? 0 : c, n, f, state);
        state[..8].CopyTo(parent);
        Last(key, flags, input[left..], index + (ulong)(left / 1024), child, childBlock, out n, out c, out f);
        Compress(child, childBlock, (f & Parent) != 0 ? 0 : c, n, f, state);
        state[..8].CopyTo(parent[8..]);
        key.CopyTo(cv);
        parent.CopyTo(block);
        length = 64;
        counter = 0;
        last = flags | Parent;
    }

    private static void Compress(ReadOnlySpan<uint> cv, ReadOnlySpan<uint> block, ulong counter, uint length, uint flags, Span<uint> v)
    {
        cv.CopyTo(v);
        Iv.AsSpan(0, 4).CopyTo(v[8..]);
        v[12] = (uint)counter;
        v[13] = (uint)(counter >> 32);
        v[14] = length;
        v[15] = flags;
        Span<uint> m = stackalloc uint[16], next = stackalloc uint[16];
        block.CopyTo(m);
        ReadOnlySpan<byte> order = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];
        for (int round = 0; round < 7; round++)
        {
            Mix(v, 0, 4, 8, 12, m[0], m[1]);
            Mix(v, 1, 5, 9, 13, m[2], m[3]);
            Mix(v, 2, 6, 10, 14, m[4], m[5]);
            Mix(v, 3, 7, 11, 15, m[6], m[7]);
            Mix(v, 0, 5, 10, 15, m[8], m[9]);
            Mix(v, 1, 6, 11, 12, m[10], m[11]);
            Mix(v, 2, 7, 8, 13, m[12], m[13]);
            Mix(v, 3, 4, 9, 14, m[14], m[15]);
            for (int i = 0; i < 16; i++)
            {
                next[i] = m[order[i]];
            }

            next.CopyTo(m);
        }

        for (int i = 0; i < 8; i++)
        {
            v[i] ^= v[i + 8];
            v[i + 8] ^= cv[i];
        }
    }

    private static void Mix(Span<uint> v, int a, int b, int c, int d, uint x, uint y)
    {
        v[a] += v[b] + x;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 12);
        v[a] += v[b] + y;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 8);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 7);
    }

    private static void ReadWords(ReadOnlySpan<byte> bytes, Span<uint> words)
    {
        for (int i = 0; i < bytes.Length / 4; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]);
        }
    }
}
