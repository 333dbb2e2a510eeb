using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>Compares a source with what it was before, and says whether too much is gone or another.</summary>
/// <remarks>The cost follows the change, not the size; but where regions are compared with several snapshots and
/// something of them is gone or another, all entries of those are counted.</remarks>
internal sealed class SourceAlarm(SnapshotDiff diff, TreeReader trees, AlarmLimits limits)
{
    /// <summary>The alarm of a source that is gone as a whole; none where it was too small.</summary>
    /// <param name="before">The source in an earlier snapshot.</param>
    public IEnumerable<SnapshotAlarm> OfGone(NewestSource before) => before.Source.Entries < limits.Least
        ? [] : [Alarm(before, AlarmKind.Lost, before.Source.Entries, before.Source.Entries)];

    /// <summary>The alarms of one source: none, or one of each kind for each snapshot that has what is gone or was
    /// otherwise.</summary>
    /// <remarks>All parts are judged as one source: so one region that was taken by itself in between changes nothing.
    /// What is merely out of reach now (in a folder that could not be listed, behind where a listing broke off, not
    /// readable) is neither gone nor another.</remarks>
    /// <param name="parts">What each part of it is compared with.</param>
    /// <param name="now">The source in this one, its pages durable.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public async Task<IReadOnlyList<SnapshotAlarm>> OfAsync(
        IReadOnlyList<ComparedPart> parts, SnapshotSource now, CancellationToken cancellationToken)
    {
        if (parts.Sum(part => part.Before.Source.Entries) < limits.Least
            || parts.All(part => part.Before.Source.Tree == now.Tree))
        {
            return [];
        }

        try
        {
            var counts = new List<PartCount>();
            foreach (ComparedPart part in parts)
            {
                counts.Add(await CountAsync(part, now, cancellationToken).ConfigureAwait(false));
            }

            if (counts.All(part => part.Lost + part.Changed == 0))
            {
                return [];
            }

            // The records tell how many there are in all; only those of some regions are counted.
            long[] entries = new long[counts.Count];
            for (int i = 0; i < entries.Length; i++)
            {
                ComparedPart part = counts[i].Part;
                entries[i] = part.IsWhole ? part.Before.Source.Entries
                    : await EntriesAsync(part, cancellationToken).LongCountAsync(
                        cancellationToken).ConfigureAwait(false);
            }

            return entries.Sum() < limits.Least ? [] :
            [
                .. IsMuch(counts.Sum(part => part.Lost), entries.Sum(), limits.Lost)
                    ? counts.Zip(entries).Where(one => one.First.Lost > 0)
                        .Select(one => Alarm(one.First.Part.Before, AlarmKind.Lost, one.First.Lost, one.Second))
                    : [],
                .. await OfChangedAsync(counts, cancellationToken).ConfigureAwait(false),
            ];
        }
        catch (StoreException e) when (e.IsDamage)
        {
            // A page of an earlier snapshot is damaged: that is warned of wherever it is met, and keeps no snapshot
            // from being taken.
            return [];
        }
    }

    private static SnapshotAlarm Alarm(NewestSource before, AlarmKind kind, long count, long of) =>
        new(before.Source.Root, kind, count, of, before.Snapshot.Id.ToString());

    private static bool IsMuch(long part, long whole, double limit) => part > 0 && (double)part / whole >= limit;

    private async Task<PartCount> CountAsync(ComparedPart part, SnapshotSource now, CancellationToken cancellationToken)
    {
        SnapshotSource old = part.Before.Source;
        long lost = 0, changed = 0;
        var root = new EntryPath(old.Root + "/");
        await foreach (Change change in diff.CompareAsync(old, now, cancellationToken).ConfigureAwait(false))
        {
            if (change.Kind is ChangeKind.Removed or ChangeKind.Modified
                && part.Has(new EntryPath(change.Path.Span[root.Length..].ToArray())))
            {
                lost += change.Kind == ChangeKind.Removed ? 1 : 0;
                changed += change.Kind == ChangeKind.Modified && IsReadFile(change.Old!)
                    && change.Old!.Digest != change.New!.Digest ? 1 : 0;
            }
        }

        return new PartCount(part, lost, changed);
    }

    // How many files there were is counted no further than it can matter, so that a small change in a large source does
    // not have all of it looked at.
    private async Task<IReadOnlyList<SnapshotAlarm>> OfChangedAsync(
        IReadOnlyList<PartCount> counts, CancellationToken cancellationToken)
    {
        long changed = counts.Sum(part => part.Changed), files = 0;
        long most = (long)(changed / limits.Changed) + 1;
        var alarms = new List<SnapshotAlarm>();
        foreach (PartCount part in changed > 0 ? counts : [])
        {
            long before = files;
            await foreach (Entry entry in EntriesAsync(part.Part, cancellationToken).ConfigureAwait(false))
            {
                files += IsReadFile(entry) ? 1 : 0;
                if (files > most)
                {
                    return [];
                }
            }

            if (part.Changed > 0)
            {
                alarms.Add(Alarm(part.Part.Before, AlarmKind.Changed, part.Changed, files - before));
            }
        }

        return IsMuch(changed, files, limits.Changed) ? alarms : [];
    }

    private IAsyncEnumerable<Entry> EntriesAsync(ComparedPart part, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<Entry> all =
            trees.ScanAsync(PathResolver.RootOf(part.Before.Source), default, default, cancellationToken);
        return part.IsWhole ? all : all.Where(entry => part.Has(entry.Path));
    }

    private static bool IsReadFile(Entry entry) => entry is { Kind: EntryKind.File, Digest: not null };

    /// <summary>What became of a part: how many of its entries are gone, and how many of its files have another
    /// content.</summary>
    private sealed record PartCount(ComparedPart Part, long Lost, long Changed);
}
