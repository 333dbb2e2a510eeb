using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector128<uint>;

namespace JadaStore.Store.Hashing.Lanes;

/// <summary>One compression at a time, the state's four rows of four words being four vectors.</summary>
/// <remarks>Three times as fast as sixteen plain integers, of which x64 has too few registers to hold them.</remarks>
internal static unsafe class OneLane
{
    /// <summary>Bytes that one compression takes in: 64.</summary>
    public const int BlockSize = 64;

    /// <summary>Words that one compression gives: 16.</summary>
    public const int StateWords = 16;

    /// <summary>Compresses one block.</summary>
    /// <param name="state">In: the chaining value, eight words. Out: all <see cref="StateWords"/>; the first eight are
    /// the next chaining value.</param>
    /// <param name="block"><see cref="BlockSize"/> bytes; zeros after <paramref name="length"/>.</param>
    /// <param name="counter">Number of the chunk, or of the block of output.</param>
    /// <param name="length">Bytes of the block that are input.</param>
    /// <param name="flags">Those of the mode and of the node.</param>
    [SkipLocalsInit]
    public static void Compress(uint* state, byte* block, ulong counter, uint length, uint flags)
    {
        uint* m = (uint*)block;
        V h0 = *(V*)state, h1 = *(V*)(state + 4);
        V a = h0, b = h1, c = Vector128.Create(Iv.Word0, Iv.Word1, Iv.Word2, Iv.Word3);
        V d = Vector128.Create((uint)counter, (uint)(counter >> 32), length, flags);
        byte* order = MessageOrder.First, end = order + MessageOrder.Count;
        for (; order < end; order += 16)
        {
            a = a + Vector128.Create(m[order[0]], m[order[2]], m[order[4]], m[order[6]]) + b;
            d = Rotate128.Right16(d ^ a);
            c += d;
            b ^= c;
            b = (b >>> 12) | (b << 20);
            a = a + Vector128.Create(m[order[1]], m[order[3]], m[order[5]], m[order[7]]) + b;
            d = Rotate128.Right8(d ^ a);
            c += d;
            b ^= c;
            b = (b >>> 7) | (b << 25);

            // Turn the rows, so that the diagonals stand as columns.
            b = Vector128.Shuffle(b, Vector128.Create(1u, 2, 3, 0));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(3u, 0, 1, 2));

            a = a + Vector128.Create(m[order[8]], m[order[10]], m[order[12]], m[order[14]]) + b;
            d = Rotate128.Right16(d ^ a);
            c += d;
            b ^= c;
            b = (b >>> 12) | (b << 20);
            a = a + Vector128.Create(m[order[9]], m[order[11]], m[order[13]], m[order[15]]) + b;
            d = Rotate128.Right8(d ^ a);
            c += d;
            b ^= c;
            b = (b >>> 7) | (b << 25);

            b = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
        }

        *(V*)state = a ^ c;
        *(V*)(state + 4) = b ^ d;
        *(V*)(state + 8) = c ^ h0;
        *(V*)(state + 12) = d ^ h1;
    }

    /// <summary>Compresses all of a job but its last block, which goes to <paramref name="last"/>, zeros after its
    /// end.</summary>
    /// <param name="job">Its output is not used.</param>
    /// <param name="mode">Whose key the chaining value starts from.</param>
    /// <param name="state">Out: the chaining value before the last block, in the first eight of
    /// <see cref="StateWords"/>.</param>
    /// <param name="last">Out: <see cref="BlockSize"/> bytes.</param>
    /// <param name="flags">Out: those of the last block.</param>
    /// <returns>Bytes in the last block.</returns>
    public static int AllButLast(LaneJob* job, HashMode* mode, uint* state, byte* last, out uint flags)
    {
        Unsafe.CopyBlockUnaligned(state, mode->Key, HashMode.KeySize);
        flags = mode->Flags | job->First;
        byte* input = job->Input;
        int left = job->Length;
        for (; left > BlockSize; left -= BlockSize, input += BlockSize)
        {
            Compress(state, input, job->Counter, BlockSize, flags);
            flags = mode->Flags;
        }

        flags |= job->Last;
        Pad(input, left, last);
        return left;
    }

    /// <summary>Copies <paramref name="length"/> bytes, at most <see cref="BlockSize"/>, and puts zeros after
    /// them.</summary>
    public static void Pad(byte* input, int length, byte* block)
    {
        var padded = new Span<byte>(block, BlockSize);
        new ReadOnlySpan<byte>(input, length).CopyTo(padded);
        padded[length..].Clear();
    }

    /// <summary>Hashes one job to its output.</summary>
    [SkipLocalsInit]
    public static void Run(LaneJob* job, HashMode* mode)
    {
        uint* state = stackalloc uint[StateWords];
        byte* last = stackalloc byte[BlockSize];
        int length = AllButLast(job, mode, state, last, out uint flags);
        Compress(state, last, job->Counter, (uint)length, flags);
        Unsafe.CopyBlockUnaligned(job->Output, state, 32);
    }
}
