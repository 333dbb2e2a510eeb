using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// Whether a snapshot that is about to be committed lost or changed too much: a mistake, or somebody's doing. It is
/// kept all the same; what was before is pinned, so that no rule drops it.
/// </summary>
internal sealed class BlastRadius(RepositoryParts parts, EarlierSources earlier)
{
    /// <summary>The alarms, by root.</summary>
    /// <param name="sources">The sources, their pages durable.</param>
    /// <param name="request">The limits, and what sources were chosen from.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public async Task<IReadOnlyList<SnapshotAlarm>> AlarmsAsync(
        IReadOnlyList<SnapshotSource> sources, SnapshotRequest request, CancellationToken cancellationToken)
    {
        if (request.Alarm is not { } limits)
        {
            return [];
        }

        var diff = new SnapshotDiff(new Trees.TreeDiff(parts.Pages), parts.Trees, new PathResolver(parts.Trees));
        var alarm = new SourceAlarm(diff, parts.Trees, limits);
        var alarms = new List<SnapshotAlarm>();
        foreach (SnapshotSource source in sources)
        {
            alarms.AddRange(
                await alarm.OfAsync(ComparedPart.Of(source, earlier), source, cancellationToken).ConfigureAwait(false));
        }

        alarms.AddRange(request.Listings.SelectMany(listing => Gone(listing, sources)).SelectMany(alarm.OfGone));

        return [.. alarms.OrderBy(one => one.Root, StringComparer.Ordinal).ThenBy(one => one.Kind)];
    }

    /// <summary>Pins what the sources of alarms were before; under the commit lock, before the commit.</summary>
    /// <param name="alarms">The alarms.</param>
    /// <param name="name">Of the snapshot that they are of.</param>
    /// <param name="there">The snapshots that there are now; one that was forgotten meanwhile is not pinned.</param>
    /// <param name="cancellationToken">Stops before the next pin.</param>
    public async Task PinAsync(
        IReadOnlyList<SnapshotAlarm> alarms, string name, IReadOnlyList<Snapshot> there, CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, SnapshotAlarm> parent in alarms.GroupBy(alarm => alarm.Parent))
        {
            if (there.FirstOrDefault(snapshot => snapshot.Id.ToString() == parent.Key) is { } snapshot)
            {
                string what = string.Join(", ", parent.Select(alarm => $"{alarm.Root} {AlarmWord.Of(alarm.Kind)}"));
                await parts.Pins.AddAsync(
                    snapshot.Id, parts.Time.GetUtcNow(), $"alarm of {name}: {what}", cancellationToken)
                        .ConfigureAwait(false);
            }
        }
    }

    // Only the last snapshot that was taken from the listing is asked: what it lacks was told of before. It has
    // something that the listing still gives; one that has nothing of it is of another account, whose listing is called
    // the same.
    private IEnumerable<NewestSource> Gone(SourceListing listing, IReadOnlyList<SnapshotSource> sources) =>
        (earlier.Snapshots.LastOrDefault(snapshot => snapshot.Record.Sources
            .Any(source => source.Group == listing.Name && listing.Roots.Contains(source.Root)))?.Record.Sources ?? [])
            .Where(source => source.Group == listing.Name && listing.Chooses(source.Root)
                && sources.All(now => now.Root != source.Root))
            .Select(source => NewestSource.Of(source.Root, earlier)!);
}
