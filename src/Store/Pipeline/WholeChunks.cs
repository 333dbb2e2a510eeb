using System.Runtime.InteropServices;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>The chunks that a verification found, and found well: eight bytes each.</summary>
/// <remarks>
/// Only the first eight bytes of an id are kept. Ids are keyed hashes that nobody without the key can choose, so among
/// ten million chunks one that is missing is taken for another once in 10¹² times.
/// </remarks>
internal sealed class WholeChunks
{
    private readonly Lock _lock = new();
    private readonly List<long> _prefixes = [];
    private bool _isSorted = true;

    /// <summary>Adds chunks of which a good copy is there; may be called from several threads.</summary>
    public void Add(IEnumerable<ChunkId> ids)
    {
        lock (_lock)
        {
            _prefixes.AddRange(ids.Select(id => (long)id.Prefix));
            _isSorted = false;
        }
    }

    /// <summary>Whether a good copy is there; called once all are added.</summary>
    public bool Contains(ChunkId id) => Sorted().BinarySearch((long)id.Prefix) >= 0;

    /// <summary>The first eight bytes of each, as signed numbers, sorted; valid until the next is added.</summary>
    public ReadOnlySpan<long> Sorted()
    {
        lock (_lock)
        {
            if (!_isSorted)
            {
                _prefixes.Sort();
                _isSorted = true;
            }

            return CollectionsMarshal.AsSpan(_prefixes);
        }
    }
}
