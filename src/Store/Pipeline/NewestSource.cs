using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>A source as an earlier snapshot has it: what a new one is taken beside, and compared with.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Source">The source.</param>
internal sealed record NewestSource(Snapshot Snapshot, SnapshotSource Source)
{
    /// <summary>
    /// That of the newest snapshot that has it, be it partial: what it lacks is simply read. One that was listed to its
    /// end goes first: beside one that was out of reach all would be new. Null where no snapshot has it.
    /// </summary>
    /// <param name="root">The source's root.</param>
    /// <param name="earlier">All snapshots, oldest first.</param>
    public static NewestSource? Of(string root, IReadOnlyList<Snapshot> earlier)
    {
        NewestSource? newest = null;
        for (int i = earlier.Count - 1; i >= 0; i--)
        {
            foreach (SnapshotSource source in earlier[i].Record.Sources.Where(source => source.Root == root))
            {
                if (source.UnlistedAfter is null)
                {
                    return new NewestSource(earlier[i], source);
                }

                newest ??= new NewestSource(earlier[i], source);
            }
        }

        return newest;
    }
}
