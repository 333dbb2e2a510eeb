using JadaStore.Store.Hashing.Lanes;

namespace JadaStore.Store.Tests.Hashing;

/// <summary>Every lane width that this machine can run, as theory data.</summary>
public sealed class Widths : TheoryData<string>
{
    public Widths()
    {
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            if (LaneBatch.IsSupported(width))
            {
                Add(width.ToString());
            }
        }
    }

    internal static LaneWidth Of(string name) => Enum.Parse<LaneWidth>(name);
}
