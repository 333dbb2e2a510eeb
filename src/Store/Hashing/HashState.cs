using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using JadaStore.Store.Hashing.Lanes;

namespace JadaStore.Store.Hashing;

/// <summary>A hash in the making: the chunk that is not full yet, and the subtrees to its left that wait for their
/// right half.</summary>
/// <remarks>About 3 KiB and meant for the stack or a class's field: <see cref="Start"/> it before use, never copy
/// it.</remarks>
internal unsafe struct HashState
{
    /// <summary>Bytes in a leaf of the tree: 1,024.</summary>
    public const int ChunkSize = 1024;

    // The most chunks that are hashed at once; a power of two. Their jobs and chaining values lie on the stack.
    private const int MaxChunks = 128;

    // One for each level of a tree of 2^54 chunks, and one that is not joined yet.
    private const int MaxSubtrees = 55;

    private HashMode _mode;
    private LaneWidth _width;
    private ulong _chunks;      // all before the buffer
    private int _buffered;
    private int _subtrees;
    private fixed byte _buffer[ChunkSize];
    private fixed uint _subtree[MaxSubtrees * 8];

    /// <summary>The hash of bytes that are at hand, as many bytes as <paramref name="output"/> is long.</summary>
    public static void Run(in HashMode mode, ReadOnlySpan<byte> input, Span<byte> output) =>
        Run(mode, input, output, LaneBatch.Best);

    /// <inheritdoc cref="Run(in HashMode, ReadOnlySpan{byte}, Span{byte})"/>
    public static void Run(in HashMode mode, ReadOnlySpan<byte> input, Span<byte> output, LaneWidth width)
    {
        if (input.Length <= ChunkSize)
        {
            RunChunk(mode, input, output);
        }
        else
        {
            RunTree(mode, input, output, width);
        }
    }

    /// <summary>Begins anew, with no bytes.</summary>
    public void Start(in HashMode mode, LaneWidth width)
    {
        _mode = mode;
        _width = width;
        _chunks = 0;
        _buffered = 0;
        _subtrees = 0;
    }

    /// <summary>Takes in the next bytes.</summary>
    public void Update(ReadOnlySpan<byte> input)
    {
        if (_buffered > 0)
        {
            int n = Math.Min(ChunkSize - _buffered, input.Length);
            Buffer(input[..n]);
            input = input[n..];
            if (input.IsEmpty)
            {
                return;
            }

            // More follows, so the buffered chunk is not the last and may be closed.
            fixed (byte* chunk = _buffer)
            {
                Push(chunk, 1);
            }

            _buffered = 0;
        }

        fixed (byte* start = input)
        {
            byte* next = start;
            int left = input.Length;
            while (left > ChunkSize)
            {
                // The largest whole subtree that begins at this chunk.
                int n = Math.Min(MaxChunks, (int)BitOperations.RoundUpToPowerOf2((uint)(left / ChunkSize) + 1) / 2);
                n = _chunks == 0 ? n : (int)Math.Min((ulong)n, _chunks & (~_chunks + 1));
                Push(next, n);
                next += n * ChunkSize;
                left -= n * ChunkSize;
            }

            Buffer(new ReadOnlySpan<byte>(next, left));
            if (left > 0)
            {
                JoinWhole();
            }
        }
    }

    /// <summary>The hash of all bytes so far; more may be taken in after it.</summary>
    /// <param name="output">Any length: 32 bytes are the usual hash, and the start of every longer one.</param>
    [SkipLocalsInit]
    public readonly void Finish(Span<byte> output)
    {
        uint* state = stackalloc uint[OneLane.StateWords];
        uint* block = stackalloc uint[OneLane.BlockSize / 4];
        HashMode mode = _mode;
        fixed (byte* buffer = _buffer)
        fixed (uint* subtree = _subtree)
        {
            int left = _subtrees;
            int length = OneLane.BlockSize;
            uint flags;
            ulong counter = 0;
            if (_buffered > 0 || left == 0)
            {
                LaneJob chunk = LaneJob.Chunk(buffer, _buffered, _chunks, root: false, output: null);
                length = OneLane.AllButLast(&chunk, &mode, state, (byte*)block, out flags);
                counter = _chunks;
            }
            else
            {
                left -= 2;
                flags = Join(&mode, subtree + (8 * left), subtree + (8 * left) + 8, state, block);
            }

            while (left > 0)
            {
                OneLane.Compress(state, (byte*)block, counter, (uint)length, flags);
                left--;
                length = OneLane.BlockSize;
                counter = 0;
                flags = Join(&mode, subtree + (8 * left), state, state, block);
            }

            Expand(state, block, (uint)length, flags | NodeFlags.Root, output);
        }
    }

    // Digests of digests are the commonest hash of all; a single chunk needs no state.
    [SkipLocalsInit]
    private static void RunChunk(HashMode mode, ReadOnlySpan<byte> input, Span<byte> output)
    {
        uint* state = stackalloc uint[OneLane.StateWords];
        byte* block = stackalloc byte[OneLane.BlockSize];
        fixed (byte* start = input)
        {
            LaneJob chunk = LaneJob.Chunk(start, input.Length, counter: 0, root: true, output: null);
            int length = OneLane.AllButLast(&chunk, &mode, state, block, out uint flags);
            Expand(state, (uint*)block, (uint)length, flags, output);
        }
    }

    [SkipLocalsInit]
    private static void RunTree(in HashMode mode, ReadOnlySpan<byte> input, Span<byte> output, LaneWidth width)
    {
        Unsafe.SkipInit(out HashState state);
        state.Start(mode, width);
        state.Update(input);
        state.Finish(output);
    }

    private void Buffer(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(MemoryMarshal.CreateSpan(ref _buffer[_buffered], bytes.Length));
        _buffered += bytes.Length;
    }

    // Hashes whole chunks, a power of two of them that divides the number before them, and lays them onto the stack of
    // subtrees. More than one are laid as two halves: should nothing follow, the join of them is the root.
    [SkipLocalsInit]
    private void Push(byte* chunks, int count)
    {
        LaneJob* jobs = stackalloc LaneJob[count];
        uint* cvs = stackalloc uint[8 * count];
        HashMode mode = _mode;
        for (int i = 0; i < count; i++)
        {
            jobs[i] = LaneJob.Chunk(chunks + (i * ChunkSize), ChunkSize, _chunks + (uint)i, root: false, cvs + (8 * i));
        }

        LaneBatch.Run(jobs, count, &mode, _width);
        int left = count;
        for (; left > 2; left /= 2)
        {
            for (int i = 0; i < left / 2; i++)
            {
                jobs[i] = LaneJob.Parent(cvs + (16 * i), root: false, cvs + (8 * i));
            }

            LaneBatch.Run(jobs, left / 2, &mode, _width);
        }

        for (int i = 0; i < left; i++)
        {
            JoinWhole();
            new ReadOnlySpan<uint>(cvs + (8 * i), 8).CopyTo(MemoryMarshal.CreateSpan(ref _subtree[8 * _subtrees], 8));
            _subtrees++;
            _chunks += (uint)(count / left);
        }
    }

    // Only once something follows what is on the stack: whatever is whole there is joined, so that as many subtrees
    // stay as there are ones in the number of chunks.
    private void JoinWhole()
    {
        HashMode mode = _mode;
        fixed (uint* subtree = _subtree)
        {
            for (; _subtrees > BitOperations.PopCount(_chunks); _subtrees--)
            {
                uint* pair = subtree + (8 * (_subtrees - 2));
                LaneJob parent = LaneJob.Parent(pair, root: false, pair);
                OneLane.Run(&parent, &mode);
            }
        }
    }

    // Sets up, but does not run, the compression of two chaining values; gives its flags.
    private static uint Join(HashMode* mode, uint* left, uint* right, uint* state, uint* block)
    {
        Unsafe.CopyBlockUnaligned(block, left, 32);
        Unsafe.CopyBlockUnaligned(block + 8, right, 32);
        Unsafe.CopyBlockUnaligned(state, mode->Key, HashMode.KeySize);
        return mode->Flags | NodeFlags.Parent;
    }

    // The root's compression, once for each 64 bytes of output.
    [SkipLocalsInit]
    private static void Expand(uint* cv, uint* block, uint length, uint flags, Span<byte> output)
    {
        uint* state = stackalloc uint[OneLane.StateWords];
        for (ulong i = 0; !output.IsEmpty; i++)
        {
            Unsafe.CopyBlockUnaligned(state, cv, 32);
            OneLane.Compress(state, (byte*)block, i, length, flags);
            var bytes = new ReadOnlySpan<byte>(state, Math.Min(output.Length, OneLane.BlockSize));
            bytes.CopyTo(output);
            output = output[bytes.Length..];
        }
    }
}
