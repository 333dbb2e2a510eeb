using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Prune;

/// <summary>All packs of a repository, as a prune sees them.</summary>
internal sealed class PackTable
{
    private readonly Dictionary<PackId, PackLife> _packs = [];

    /// <summary>Those whose footer could be read, and says what the catalog says.</summary>
    public IReadOnlyCollection<PackLife> All => _packs.Values;

    /// <summary>
    /// Packs that were condemned and cannot be read any more: nothing in them is a place of anything. With lengths.
    /// </summary>
    public Dictionary<PackId, long> Unreadable { get; } = [];

    /// <summary>Adds a pack.</summary>
    public void Add(PackLife pack) => _packs.Add(pack.Id, pack);

    /// <summary>How long a pack's file is; 0 for one that is not known here.</summary>
    public long LengthOf(PackId pack) => Find(pack)?.Length ?? Unreadable.GetValueOrDefault(pack);

    /// <summary>Forgets a pack that is gone.</summary>
    public void Remove(PackId pack)
    {
        _packs.Remove(pack);
        Unreadable.Remove(pack);
    }

    /// <summary>The pack; null when it is not known here.</summary>
    public PackLife? Find(PackId pack) => _packs.GetValueOrDefault(pack);

    /// <summary>
    /// Which of the places of a chunk is the one that is kept: always the same as long as no pack changes its rank.
    /// </summary>
    /// <param name="places">All of them; those in packs that are not known here are passed over.</param>
    /// <param name="place">The one.</param>
    /// <returns>Its pack; null when there is none.</returns>
    public PackLife? Choose(List<ChunkLocation> places, out ChunkLocation place)
    {
        PackLife? best = null;
        place = default;
        foreach (ChunkLocation one in places)
        {
            if (Find(one.Block.Pack) is { } pack && (best is null || pack.Rank.CompareTo(best.Rank) > 0))
            {
                (best, place) = (pack, one);
            }
        }

        return best;
    }
}
