using System.Collections.Concurrent;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Which packs hold what counts as stored: those that were seen, or were written here since.</summary>
/// <remarks>
/// The catalog is shared with other processes, and one that is slow may tell it of a pack that a prune has deleted
/// meanwhile. So what it says is believed only of packs that are known here. Safe to use from several threads.
/// </remarks>
internal sealed class PacksThatCount
{
    private readonly ConcurrentDictionary<PackId, bool> _added = new();
    private volatile Look _last = new([], [], []);

    /// <summary>The packs that were there at the last look, with their lengths.</summary>
    public IReadOnlyDictionary<PackId, long> Present => _last.Present;

    /// <summary>The packs that were condemned at the last look.</summary>
    public IReadOnlySet<PackId> Condemned => _last.Condemned;

    /// <summary>The packs that were added since; to be taken before the next look and given back with it.</summary>
    public IReadOnlySet<PackId> Added => _added.Keys.ToHashSet();

    /// <summary>Whether what lies in a pack is stored.</summary>
    public bool Counts(PackId pack)
    {
        Look last = _last;
        return (last.Present.ContainsKey(pack) && !last.Cut.Contains(pack) && !last.Condemned.Contains(pack))
            || _added.ContainsKey(pack);
    }

    /// <summary>Whether a pack is there.</summary>
    public bool IsPresent(PackId pack) => _last.Present.ContainsKey(pack) || _added.ContainsKey(pack);

    /// <summary>A pack was made durable here.</summary>
    public void Add(PackId pack) => _added[pack] = true;

    /// <summary>Packs are about to be deleted.</summary>
    public void Remove(IReadOnlyCollection<PackId> gone)
    {
        Look last = _last;
        var present = new Dictionary<PackId, long>(last.Present);
        foreach (PackId pack in gone)
        {
            present.Remove(pack);
            _added.TryRemove(pack, out _);
        }

        _last = last with { Present = present };
    }

    /// <summary>What a look found.</summary>
    /// <param name="present">Packs that are there, with their lengths.</param>
    /// <param name="cut">Those that are shorter than they should be.</param>
    /// <param name="condemned">Those that are going to be deleted.</param>
    /// <param name="added"><see cref="Added"/> from before the look: it has seen them, or they are gone.</param>
    public void Set(
        Dictionary<PackId, long> present, HashSet<PackId> cut, HashSet<PackId> condemned, IReadOnlySet<PackId> added)
    {
        _last = new Look(present, cut, condemned);
        foreach (PackId pack in added)
        {
            _added.TryRemove(pack, out _);
        }
    }

    private sealed record Look(Dictionary<PackId, long> Present, HashSet<PackId> Cut, HashSet<PackId> Condemned);
}
