using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace JadaStore.Store.Hashing.Lanes;

/// <summary>Hashes any number of chunks, or of pairs of chaining values, side by side.</summary>
internal static unsafe class LaneBatch
{
    /// <summary>The width that is fastest on this machine.</summary>
    /// <remarks>
    /// Compiled ahead of time for x64, AVX2 is looked for at run time only if <c>IlcInstructionSet</c> promises AVX,
    /// and
    /// AVX-512 only if it promises that.
    /// </remarks>
    public static LaneWidth Best =>
        Vector512.IsHardwareAccelerated && Lanes16.IsSupported ? LaneWidth.Sixteen
        : Lanes8.IsSupported ? LaneWidth.Eight
        : Vector128.IsHardwareAccelerated ? LaneWidth.Four
        : LaneWidth.One;

    /// <summary>Whether this machine can run that width, however slowly.</summary>
    public static bool IsSupported(LaneWidth width) => width switch
    {
        LaneWidth.One or LaneWidth.Four => true,
        LaneWidth.Eight => Lanes8.IsSupported,
        LaneWidth.Sixteen => Lanes16.IsSupported,
    };

    /// <summary>Hashes <paramref name="count"/> jobs to their outputs.</summary>
    /// <param name="jobs">Those with most blocks first: neighbours run together, until the longest of them
    /// ends.</param>
    /// <param name="count">How many there are; may be 0.</param>
    /// <param name="mode">The same for all.</param>
    /// <param name="width">Must be supported. Does not change the result.</param>
    public static void Run(LaneJob* jobs, int count, HashMode* mode, LaneWidth width)
    {
        while (count > 1 && width != LaneWidth.One)
        {
            int together = Math.Min(count, (int)width);
            RunTogether(jobs, together, mode, width);
            jobs += together;
            count -= together;
        }

        for (; count > 0; jobs++, count--)
        {
            OneLane.Run(jobs, mode);
        }
    }

    [SkipLocalsInit]
    private static void RunTogether(LaneJob* jobs, int count, HashMode* mode, LaneWidth width)
    {
        byte* pads = stackalloc byte[LaneState.MaxWidth * OneLane.BlockSize];
        Unsafe.SkipInit(out LaneState lanes);
        for (int i = 0; i < count; i++)
        {
            lanes.Block[i] = (ulong)jobs[i].Input;
            lanes.CounterLow[i] = (uint)jobs[i].Counter;
            lanes.CounterHigh[i] = (uint)(jobs[i].Counter >> 32);
            lanes.Length[i] = OneLane.BlockSize;
            lanes.Flags[i] = mode->Flags | jobs[i].First;
        }

        int done = 0, live = count;
        while (live > 0)
        {
            // All go on together until the shortest that is left comes to its last block; the first has its own flags.
            int last = jobs[live - 1].Blocks - 1;
            if (done == 0 && last > 0)
            {
                Step(&lanes, live, mode, ref done, 1, width);
            }

            if (last > done)
            {
                Step(&lanes, live, mode, ref done, last - done, width);
            }

            int ending = live;
            while (ending > 0 && jobs[ending - 1].Blocks == last + 1)
            {
                ending--;
                End(&lanes, ending, jobs + ending, pads + (ending * OneLane.BlockSize));
            }

            Step(&lanes, live, mode, ref done, 1, width);
            for (; live > ending; live--)
            {
                Take(&lanes, live - 1, width, jobs[live - 1].Output);
            }
        }
    }

    // Readies a lane for its last block; what is no whole block is read from its padded copy.
    private static void End(LaneState* lanes, int lane, LaneJob* job, byte* pad)
    {
        int length = job->Length - ((job->Blocks - 1) * OneLane.BlockSize);
        lanes->Flags[lane] |= job->Last;
        if (length < OneLane.BlockSize)
        {
            OneLane.Pad((byte*)lanes->Block[lane], length, pad);
            lanes->Block[lane] = (ulong)pad;
            lanes->Length[lane] = (uint)length;
        }
    }

    // Lanes without a job read what the first lane reads, which is longest there; what they make of it is dropped.
    private static void Step(LaneState* lanes, int live, HashMode* mode, ref int done, int blocks, LaneWidth width)
    {
        for (int i = live; i < (int)width; i++)
        {
            lanes->Block[i] = lanes->Block[0];
        }

        uint* key = done == 0 ? mode->Key : null;
        switch (width)
        {
            case LaneWidth.Sixteen:
                Lanes16.Compress(lanes, blocks, key);
                break;
            case LaneWidth.Eight:
                Lanes8.Compress(lanes, blocks, key);
                break;
            case LaneWidth.Four or LaneWidth.One:
                Lanes4.Compress(lanes, blocks, key);
                break;
        }

        for (int i = 0; i < live; i++)
        {
            lanes->Block[i] += (ulong)blocks * OneLane.BlockSize;
            lanes->Flags[i] = mode->Flags;
        }

        done += blocks;
    }

    private static void Take(LaneState* lanes, int lane, LaneWidth width, uint* output)
    {
        uint* word = lanes->Cv + lane;
        for (int i = 0; i < 8; i++, word += (int)width)
        {
            output[i] = *word;
        }
    }
}
