using System.Runtime.CompilerServices;
using JadaStore.Store.Hashing.Lanes;
using JadaStore.Store.Model;

namespace JadaStore.Store.Hashing;

/// <summary>Keyed hashes of many digests, side by side.</summary>
internal static unsafe class KeyedDigests
{
    private const int MaxJobs = 64;

    /// <summary>Writes the keyed hash of <paramref name="inputs"/>[i] to <paramref name="outputs"/>[i].</summary>
    /// <param name="mode">A keyed one.</param>
    /// <param name="inputs">Any number; may be the memory of <paramref name="outputs"/>.</param>
    /// <param name="outputs">At least as many as <paramref name="inputs"/>.</param>
    /// <param name="width">Must be supported. Does not change the result.</param>
    [SkipLocalsInit]
    public static void Run(HashMode mode, ReadOnlySpan<Digest> inputs, Span<Digest> outputs, LaneWidth width)
    {
        LaneJob* jobs = stackalloc LaneJob[MaxJobs];
        uint* words = stackalloc uint[8 * MaxJobs];
        while (!inputs.IsEmpty)
        {
            int count = Math.Min(MaxJobs, inputs.Length);
            for (int i = 0; i < count; i++)
            {
                uint* digest = words + (8 * i);
                inputs[i].CopyTo(new Span<byte>(digest, Digest.Size));
                jobs[i] = LaneJob.Chunk((byte*)digest, Digest.Size, counter: 0, root: true, digest);
            }

            LaneBatch.Run(jobs, count, &mode, width);
            for (int i = 0; i < count; i++)
            {
                outputs[i] = new Digest(new ReadOnlySpan<byte>(words + (8 * i), Digest.Size));
            }

            inputs = inputs[count..];
            outputs = outputs[count..];
        }
    }
}
