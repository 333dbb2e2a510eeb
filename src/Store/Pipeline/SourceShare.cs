using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Which entries are read again today: those whose keyed hash falls into a window that moves every
/// day.</summary>
/// <remarks>
/// The window is as wide as the share and goes round by the golden section of the whole a day. So any two runs of one
/// day take the same entries, runs of following days others, and all come up within 3 / share days; a run every few
/// days gets round as well, for no step in days comes back to where it was. Nothing has to be remembered between
/// runs. Not for several threads at once.
/// </remarks>
/// <param name="share">Above 0; 1: everything.</param>
/// <param name="repositoryId">Another repository takes other entries on a day.</param>
/// <param name="day">The number of the day, counted from any fixed one.</param>
internal sealed class SourceShare(double share, string repositoryId, long day)
{
    private const double Golden = 0.618_033_988_749_894_8;

    private readonly Blake3Hasher _hasher =
        Blake3Hasher.Keyed(Blake3.Hash(System.Text.Encoding.UTF8.GetBytes(repositoryId)).ToArray());

    private readonly double _start = day * Golden % 1;

    /// <summary>Whether the entry is one of today's.</summary>
    /// <param name="root">Its source.</param>
    /// <param name="path">Inside the source.</param>
    public bool Takes(string root, EntryPath path)
    {
        if (share >= 1)
        {
            return true;
        }

        _hasher.Reset();
        _hasher.Update(System.Text.Encoding.UTF8.GetBytes(root + "/"));
        _hasher.Update(path.Span);
        double place = _hasher.Finish().Prefix / (double)ulong.MaxValue;
        double behind = place - _start;
        return (behind < 0 ? behind + 1 : behind) < share;
    }
}
