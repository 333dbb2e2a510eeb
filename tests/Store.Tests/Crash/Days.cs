using JadaStore.Store.Tests.Packs;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Crash;

/// <summary>
/// A small source in the states of three days: files small, large, empty, equal, changed, gone and new.
/// </summary>
internal static class Days
{
    public static MemorySource First() => new("local/site")
    {
        ["index.html"] = File(1, Seeded.Text(1, 3_000)),
        ["css/site.css"] = File(2, Seeded.Text(2, 9_000)),
        ["css/copy.css"] = File(3, Seeded.Text(2, 9_000)),
        ["empty"] = File(4, []),
        ["big.bin"] = File(5, Seeded.Bytes(3, 600_000)),
    };

    public static MemorySource Second()
    {
        MemorySource source = First();
        source["index.html"] = File(6, Seeded.Text(4, 3_100));
        source["new.txt"] = File(7, Seeded.Text(5, 700));
        source.Remove("css/copy.css");
        return source;
    }

    public static MemorySource Third()
    {
        MemorySource source = Second();
        source["later.txt"] = File(8, Seeded.Text(6, 1_000));
        return source;
    }

    private static MemoryFile File(byte stamp, byte[] bytes) => MemoryFile.Of(bytes) with { Fingerprint = [stamp] };
}
