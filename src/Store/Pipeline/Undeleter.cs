using JadaStore.Store.Locks;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Brings forgotten snapshots back.</summary>
internal sealed class Undeleter(RepositoryParts parts)
{
    /// <summary>What can be brought back, in the order of their times.</summary>
    public async Task<IReadOnlyList<ForgottenSnapshot>> ListAsync(CancellationToken cancellationToken)
    {
        // Forgotten first: one that is brought back between the two looks is then in neither list, not in both.
        IReadOnlyList<ForgottenSnapshot> forgotten =
            await parts.Forgotten.ListAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Snapshot> there = await parts.Records.ListAsync(cancellationToken).ConfigureAwait(false);
        var ids = there.Select(snapshot => snapshot.Id).ToHashSet();
        return [.. forgotten.Where(one => !ids.Contains(one.Snapshot.Id))];
    }

    /// <summary>
    /// Brings snapshots back, all or none: each is whole, or it is not listed. No snapshot is committed meanwhile.
    /// </summary>
    /// <param name="names">Names, or first digits of ids.</param>
    /// <param name="cancellationToken">Stops before the next is brought back.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>, <see cref="StoreFault.Ambiguous"/>;
    /// <see cref="StoreFault.Refused"/>: the name is taken, or something that it needs is gone.</exception>
    public async Task<IReadOnlyList<Snapshot>> RunAsync(
        IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        using FolderLock commit =
            await parts.Locks.CommitAsync("jstore undelete", cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ForgottenSnapshot> forgotten = await ListAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Snapshot> there = await parts.Records.ListAsync(cancellationToken).ConfigureAwait(false);
        List<Snapshot> found = [.. names.Select(name => Find(name, forgotten)).DistinctBy(snapshot => snapshot.Id)];
        foreach (Snapshot snapshot in found)
        {
            string name = snapshot.Record.Name;
            if (there.Concat(found).Any(other => other.Id != snapshot.Id && other.Record.Name == name))
            {
                throw new StoreException(
                    StoreFault.Refused,
                    $"There is a snapshot named '{name}' already, so {snapshot.Id} is not brought back.",
                    "Forget that one first, or restore what you need from it.");
            }
        }

        foreach (Snapshot snapshot in found)
        {
            await SnapshotRevival.RunAsync(parts, snapshot, cancellationToken).ConfigureAwait(false);
        }

        foreach (Snapshot snapshot in found)
        {
            byte[] file = await parts.Forgotten.ReadFileAsync(snapshot.Id, cancellationToken).ConfigureAwait(false);
            await parts.Records.PutBackAsync(snapshot.Id, file, cancellationToken).ConfigureAwait(false);
            await parts.Forgotten.DeleteAsync(snapshot.Id, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    private static Snapshot Find(string name, IReadOnlyList<ForgottenSnapshot> forgotten)
    {
        List<Snapshot> fits =
            [.. forgotten.Select(one => one.Snapshot).Where(snapshot => snapshot.Record.Name == name)];
        if (fits.Count == 0 && name.Length >= SnapshotNames.LeastDigits)
        {
            fits = [.. forgotten.Select(one => one.Snapshot)
                .Where(snapshot => snapshot.Id.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase))];
        }

        return fits.Count switch
        {
            1 => fits[0],
            0 => throw new StoreException(
                StoreFault.NotFound, $"No forgotten snapshot '{name}' can be brought back.", "`jstore undelete` shows those that can."),
            _ => throw new StoreException(
                StoreFault.Ambiguous, $"'{name}' fits {fits.Count} forgotten snapshots.", "Give (more of) the id: `jstore undelete` shows it."),
        };
    }
}
