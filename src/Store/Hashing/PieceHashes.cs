using System.Runtime.CompilerServices;
using JadaStore.Store.Hashing.Lanes;
using JadaStore.Store.Model;

namespace JadaStore.Store.Hashing;

/// <summary>Plain hashes of many pieces of one buffer, the chunks of all of them side by side.</summary>
/// <remarks>
/// A piece of a few KiB alone leaves most lanes empty: it has few chunks, the last of them short, and few pairs to
/// join. So the pieces are taken in groups; first all their chunks run, the long ones before the short ones, then the
/// first joins of all their trees, then the second, until each has its root.
/// </remarks>
internal static unsafe class PieceHashes
{
    // Chunks in a group. Its jobs and chaining values, 72 bytes a chunk, lie on the stack and in the nearest cache.
    private const int MaxChunks = 256;

    /// <summary>Writes the hash of piece i to <paramref name="digests"/>[i].</summary>
    /// <param name="buffer">At least as long as all pieces together.</param>
    /// <param name="lengths">None negative. Piece i begins where piece i − 1 ends; the first at the start of the
    /// buffer.</param>
    /// <param name="digests">At least as many as there are pieces.</param>
    /// <param name="width">Must be supported. Does not change the result.</param>
    public static void Run(ReadOnlySpan<byte> buffer, ReadOnlySpan<int> lengths, Span<Digest> digests, LaneWidth width)
    {
        HashMode mode = HashMode.Plain;
        Span<byte> digest = stackalloc byte[Digest.Size];
        while (!lengths.IsEmpty)
        {
            int pieces = 0, chunks = 0, bytes = 0;
            while (pieces < lengths.Length && chunks + ChunksOf(lengths[pieces]) <= MaxChunks)
            {
                chunks += ChunksOf(lengths[pieces]);
                bytes += lengths[pieces];
                pieces++;
            }

            if (pieces > 0)
            {
                RunGroup(buffer[..bytes], lengths[..pieces], chunks, digests, &mode, width);
            }
            else
            {
                // Large enough to fill the lanes alone.
                pieces = 1;
                bytes = lengths[0];
                HashState.Run(mode, buffer[..bytes], digest, width);
                digests[0] = new Digest(digest);
            }

            buffer = buffer[bytes..];
            lengths = lengths[pieces..];
            digests = digests[pieces..];
        }
    }

    private static int ChunksOf(int length) =>
        length <= HashState.ChunkSize ? 1 : ((length - 1) / HashState.ChunkSize) + 1;

    [SkipLocalsInit]
    private static void RunGroup(ReadOnlySpan<byte> buffer, ReadOnlySpan<int> lengths, int chunks, Span<Digest> digests,
        HashMode* mode, LaneWidth width)
    {
        LaneJob* jobs = stackalloc LaneJob[MaxChunks];
        uint* cvs = stackalloc uint[8 * MaxChunks];
        Span<int> left = stackalloc int[lengths.Length];
        fixed (byte* start = buffer)
        {
            PlanChunks(start, lengths, jobs, cvs);
            LaneBatch.Run(jobs, chunks, mode, width);
        }

        for (int i = 0; i < left.Length; i++)
        {
            left[i] = ChunksOf(lengths[i]);
        }

        while (true)
        {
            int joins = PlanJoins(lengths, left, jobs, cvs);
            if (joins == 0)
            {
                break;
            }

            LaneBatch.Run(jobs, joins, mode, width);
            CloseGaps(lengths, left, cvs);
        }

        uint* cv = cvs;
        for (int i = 0; i < lengths.Length; i++)
        {
            digests[i] = new Digest(new ReadOnlySpan<byte>(cv, Digest.Size));
            cv += 8 * ChunksOf(lengths[i]);
        }
    }

    // One job for each chunk, those with most blocks first. Chaining values stand in the order of the chunks.
    private static void PlanChunks(byte* piece, ReadOnlySpan<int> lengths, LaneJob* jobs, uint* cvs)
    {
        Span<int> place = stackalloc int[LaneJob.MaxBlocks + 1];
        place.Clear();
        foreach (int length in lengths)
        {
            int whole = ChunksOf(length) - 1;
            place[LaneJob.MaxBlocks] += whole;
            place[LaneJob.BlocksOf(length - (whole * HashState.ChunkSize))]++;
        }

        int before = 0;
        for (int blocks = LaneJob.MaxBlocks; blocks > 0; blocks--)
        {
            int count = place[blocks];
            place[blocks] = before;
            before += count;
        }

        foreach (int length in lengths)
        {
            int whole = ChunksOf(length) - 1;
            for (int i = 0; i < whole; i++, piece += HashState.ChunkSize, cvs += 8)
            {
                jobs[place[LaneJob.MaxBlocks]++] = LaneJob.Chunk(piece, HashState.ChunkSize, (uint)i, root: false, cvs);
            }

            int rest = length - (whole * HashState.ChunkSize);
            jobs[place[LaneJob.BlocksOf(rest)]++] = LaneJob.Chunk(piece, rest, (uint)whole, root: whole == 0, cvs);
            piece += rest;
            cvs += 8;
        }
    }

    // One job for each pair in the current row of each piece's tree, written to where the row began.
    private static int PlanJoins(ReadOnlySpan<int> lengths, ReadOnlySpan<int> left, LaneJob* jobs, uint* cvs)
    {
        int count = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            for (int pair = 0; pair < left[i] / 2; pair++)
            {
                jobs[count++] = LaneJob.Parent(cvs + (16 * pair), root: left[i] == 2, cvs + (8 * pair));
            }

            cvs += 8 * ChunksOf(lengths[i]);
        }

        return count;
    }

    // A row's odd last value goes up one row as it is.
    private static void CloseGaps(ReadOnlySpan<int> lengths, Span<int> left, uint* cvs)
    {
        for (int i = 0; i < lengths.Length; i++)
        {
            if (left[i] > 1 && left[i] % 2 == 1)
            {
                Unsafe.CopyBlockUnaligned(cvs + (8 * (left[i] / 2)), cvs + (8 * (left[i] - 1)), Digest.Size);
            }

            left[i] = (left[i] + 1) / 2;
            cvs += 8 * ChunksOf(lengths[i]);
        }
    }
}
