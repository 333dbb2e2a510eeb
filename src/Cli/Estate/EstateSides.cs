using System.Runtime.CompilerServices;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Estate;

/// <summary>What the two snapshots that are compared have of a source.</summary>
/// <remarks>Not for several threads at once.</remarks>
internal sealed class EstateSides(Repository repository, Snapshot older, Snapshot newer)
{
    private readonly Dictionary<string, bool> _inRegions = [];

    /// <summary>Whether the older snapshot has anything of a resource.</summary>
    public Task<bool> WasThereAsync(ResourcePath resource, CancellationToken cancellationToken) =>
        HasAsync(older, resource, cancellationToken);

    /// <summary>Whether the newer snapshot has anything of a resource.</summary>
    public Task<bool> IsThereAsync(ResourcePath resource, CancellationToken cancellationToken) =>
        HasAsync(newer, resource, cancellationToken);

    /// <summary>
    /// Whether the source has resources in more than one region, so that each needs its region named.
    /// </summary>
    public async Task<bool> IsInRegionsAsync(string root, CancellationToken cancellationToken)
    {
        if (!_inRegions.TryGetValue(root, out bool several))
        {
            var regions = new HashSet<string>(StringComparer.Ordinal);
            foreach (Snapshot snapshot in (Snapshot[])[older, newer])
            {
                IAsyncEnumerable<Found> level = repository.LevelAsync(snapshot, root, cancellationToken);
                await foreach (string path in PathsAsync(level, root, cancellationToken).ConfigureAwait(false))
                {
                    if (path.Length > root.Length && RegionName.Split(path[(root.Length + 1)..]).Region is { } region)
                    {
                        regions.Add(region);
                    }
                }
            }

            several = _inRegions[root] = regions.Count > 1;
        }

        return several;
    }

    private async Task<bool> HasAsync(Snapshot snapshot, ResourcePath resource, CancellationToken cancellationToken)
    {
        foreach (string place in (string[])[resource.Place, resource.Place + ResourcePath.Document])
        {
            IAsyncEnumerable<Found> all = repository.EntriesAsync(snapshot, place, cancellationToken);
            await foreach (string path in PathsAsync(all, place, cancellationToken).ConfigureAwait(false))
            {
                return path.Length > 0;
            }
        }

        return false;
    }

    private static async IAsyncEnumerable<string> PathsAsync(
        IAsyncEnumerable<Found> all, string place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<Found> found = all.GetAsyncEnumerator(cancellationToken);
        await using (found.ConfigureAwait(false))
        {
            while (await NextAsync(found).ConfigureAwait(false))
            {
                // A path is found without the first segment of its root too, and may lead into another source then.
                string path = found.Current.Path.ToString();
                if (path == place || path.StartsWith(place + "/", StringComparison.Ordinal))
                {
                    yield return path;
                }
            }
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<Found> found)
    {
        try
        {
            return await found.MoveNextAsync().ConfigureAwait(false);
        }
        catch (StoreException e) when (e.Fault is StoreFault.NotFound or StoreFault.Ambiguous)
        {
            return false;
        }
    }
}
