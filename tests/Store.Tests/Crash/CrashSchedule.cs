namespace JadaStore.Store.Tests.Crash;

/// <summary>One state in which a power cut may leave a disk.</summary>
/// <param name="Image">What it holds.</param>
/// <param name="Count">After how many operations.</param>
/// <param name="Unsynced">What became of what was not durable.</param>
/// <param name="Seed">Which part of it, when torn.</param>
/// <param name="Returned">Which calls had returned by then.</param>
internal sealed record CrashState(
    DiskImage Image, int Count, Unsynced Unsynced, int Seed, IReadOnlySet<string> Returned)
{
    public override string ToString() =>
        $"cut after operation {Count}, unsynced {Unsynced}, seed {Seed}, returned: {string.Join(", ", Returned)}";
}

/// <summary>What was done to a disk → every state in which a power cut can leave it.</summary>
internal static class CrashSchedule
{
    /// <summary>
    /// Every prefix of the disk's log, with what was not durable dropped, kept, and torn in several ways. States that
    /// are alike, and promise the same, come once.
    /// </summary>
    /// <param name="disk">Its log.</param>
    /// <param name="tornSeeds">How many ways of tearing a prefix.</param>
    public static IEnumerable<CrashState> Of(SimulatedDisk disk, int tornSeeds)
    {
        IReadOnlyList<DiskOperation> log = disk.Log;
        var seen = new HashSet<string>();
        var returned = new HashSet<string>();
        for (int count = 0; count <= log.Count; count++)
        {
            if (count > 0 && log[count - 1] is DiskOperation.Returned call)
            {
                returned.Add(call.What);
            }

            for (int way = -2; way < tornSeeds; way++)
            {
                Unsynced unsynced = way switch { -2 => Unsynced.Dropped, -1 => Unsynced.Kept, _ => Unsynced.Torn };
                int seed = (count * 1_000) + way;
                DiskImage image = PowerCut.After(disk.Start, log, count, unsynced, seed);
                if (seen.Add($"{image.Fingerprint()} {returned.Count}"))
                {
                    yield return new CrashState(image, count, unsynced, seed, new HashSet<string>(returned));
                }
            }
        }
    }
}
