using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>Compares a source with what it was before, and says whether too much is gone or another.</summary>
/// <remarks>The cost follows the change, not the size.</remarks>
internal sealed class SourceAlarm(SnapshotDiff diff, TreeReader trees, AlarmLimits limits)
{
    /// <summary>The alarms of one source: none, or one, or both.</summary>
    /// <remarks>What is merely out of reach now (in a folder that could not be listed, behind where a listing broke
    /// off, not readable) is neither gone nor another.</remarks>
    /// <param name="before">The source in an earlier snapshot.</param>
    /// <param name="now">The source in this one, its pages durable; null: it is gone as a whole.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public async Task<IReadOnlyList<SnapshotAlarm>> OfAsync(
        NewestSource before, SnapshotSource? now, CancellationToken cancellationToken)
    {
        SnapshotSource old = before.Source;
        if (old.Entries < limits.Least || old.Tree == now?.Tree)
        {
            return [];
        }

        SnapshotAlarm Alarm(AlarmKind kind, long count, long of) =>
            new(old.Root, kind, count, of, before.Snapshot.Id.ToString());
        if (now is null)
        {
            return [Alarm(AlarmKind.Lost, old.Entries, old.Entries)];
        }

        try
        {
            (long lost, long changed) = await CountAsync(old, now, cancellationToken).ConfigureAwait(false);
            long? files = changed == 0 ? null
                : await FilesAsync(old, (long)(changed / limits.Changed) + 1, cancellationToken).ConfigureAwait(false);
            return
            [
                .. lost > 0 && Share(lost, old.Entries) >= limits.Lost ? [Alarm(AlarmKind.Lost, lost, old.Entries)] : (SnapshotAlarm[])[],
                .. files is { } all && Share(changed, all) >= limits.Changed ? [Alarm(AlarmKind.Changed, changed, all)] : (SnapshotAlarm[])[],
            ];
        }
        catch (StoreException e) when (e.IsDamage)
        {
            // A page of the earlier snapshot is damaged: that is warned of wherever it is met, and keeps no snapshot
            // from being taken.
            return [];
        }
    }

    private static double Share(long part, long whole) => (double)part / whole;

    private async Task<(long Lost, long Changed)> CountAsync(
        SnapshotSource old, SnapshotSource now, CancellationToken cancellationToken)
    {
        long lost = 0, changed = 0;
        await foreach (Change change in diff.CompareAsync(old, now, cancellationToken).ConfigureAwait(false))
        {
            lost += change.Kind == ChangeKind.Removed ? 1 : 0;
            changed += change.Kind == ChangeKind.Modified && IsReadFile(change.Old!) && change.Old!.Digest != change.New!.Digest ? 1 : 0;
        }

        return (lost, changed);
    }

    // How many files there were; null once there are more than can matter, so that a small change in a large source does
    // not have all of it looked at.
    private async Task<long?> FilesAsync(SnapshotSource old, long most, CancellationToken cancellationToken)
    {
        long files = 0;
        await foreach (Entry entry in trees.ScanAsync(PathResolver.RootOf(old), default, default, cancellationToken).ConfigureAwait(false))
        {
            files += IsReadFile(entry) ? 1 : 0;
            if (files > most)
            {
                return null;
            }
        }

        return files;
    }

    private static bool IsReadFile(Entry entry) => entry is { Kind: EntryKind.File, Digest: not null };
}
