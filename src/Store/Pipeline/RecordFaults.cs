using JadaStore.Store.Backends;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Compares snapshot records with their second copies, and with what the catalog keeps of them.</summary>
/// <remarks>
/// Which snapshots there are, the folder says: one that was forgotten is in no way a loss, and nothing of it is put
/// back. A record proves itself, as its id is its hash.
/// </remarks>
internal sealed class RecordFaults(RepositoryParts parts)
{
    /// <summary>All records, first and copy, that are not as they must be.</summary>
    public async Task<IReadOnlyList<SmallFault>> FindAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<SnapshotId, byte[]> kept = parts.Index.Records();
        var names = new SortedSet<string>(
            await SecondCopy.ListAsync(parts.Backend, SnapshotRecords.Folder, cancellationToken).ConfigureAwait(false), StringComparer.Ordinal);
        names.UnionWith(kept.Keys.Select(id => $"{SnapshotRecords.Folder}/{id}"));
        var faults = new List<SmallFault>();
        foreach (string name in names)
        {
            if (Digest.TryParse(name.AsSpan(SnapshotRecords.Folder.Length + 1), out Digest digest))
            {
                var id = new SnapshotId(digest);
                await FindAsync(faults, name, id, kept.GetValueOrDefault(id), cancellationToken).ConfigureAwait(false);
            }
        }

        return faults;
    }

    private async ValueTask FindAsync(
        List<SmallFault> faults, string name, SnapshotId id, byte[]? kept, CancellationToken cancellationToken)
    {
        string copyName = SecondCopy.Of(name);
        byte[]? first = await SmallFiles.ReadAsync(
            parts.Backend, name, SnapshotRecords.MaxLength, cancellationToken).ConfigureAwait(false);
        byte[]? copy = await SmallFiles.ReadAsync(
            parts.Backend, copyName, SnapshotRecords.MaxLength, cancellationToken).ConfigureAwait(false);
        if (first is null && await IsForgottenAsync(id, cancellationToken).ConfigureAwait(false))
        {
            if (copy is not null)
            {
                faults.Add(new SmallFault(copyName, "is the copy of a snapshot that was forgotten", null) { IsLeftOver = true });
            }

            return;
        }

        byte[][] all = [.. new[] { first, copy, kept }.OfType<byte[]>()];
        byte[]? right = Array.Find(all, bytes => parts.Records.TryOpen(bytes, id) is not null);
        if (right is null)
        {
            if (first is not null || copy is not null)
            {
                faults.Add(
                    new SmallFault(name, "cannot be read, and there is no copy of it: the snapshot is lost", null));
            }

            return;
        }

        // Seals differ with their salt; any that opens is right.
        bool firstIsGood = first is not null && parts.Records.TryOpen(first, id) is not null;
        if (first is null && copy is null && parts.Records.TryOpen(right, id) is { } told
            && !await HasPagesAsync(told, cancellationToken).ConfigureAwait(false))
        {
            // The catalog alone has it, and all its pages are gone: forgotten long ago, and an old catalog was put
            // back.
            if (await AreGoneForGoodAsync(told, cancellationToken).ConfigureAwait(false))
            {
                string line =
                    $"still has the record of {told.Record.Name}, snapshot {id}, of which nothing else is left";
                faults.Add(new SmallFault("The catalog", line, null) { IsLeftOver = true, OnlyInCatalog = id });
            }

            return;
        }

        if (!firstIsGood)
        {
            faults.Add(new SmallFault(name, $"({parts.Records.TryOpen(right, id)!.Record.Name}) {(first is null ? "is missing" : "is not what was written")}", right));
        }

        if (copy is null || parts.Records.TryOpen(copy, id) is null)
        {
            faults.Add(new SmallFault(copyName, copy is null ? "is missing" : "is not what was written", right) { IsMissingCopy = copy is null });
        }
    }

    private async ValueTask<bool> IsForgottenAsync(SnapshotId id, CancellationToken cancellationToken) =>
        await parts.Backend.TryGetLengthAsync($"forgotten/{id}", cancellationToken).ConfigureAwait(false) is not null;

    // In no pack, be it condemned, and nothing is left from which a repair could bring such a pack back.
    private async ValueTask<bool> AreGoneForGoodAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (Roots(snapshot).Any(parts.Index.IsPresent)
            || parts.Index.Unreadable.Keys.Any(pack => !parts.Index.Condemned.Contains(pack)))
        {
            return false;
        }

        IReadOnlyList<PackId> withParity = await parts.Parity.ListAsync(cancellationToken).ConfigureAwait(false);
        return withParity.All(parts.Index.Present.ContainsKey);
    }

    // Of one source at least: what is left of a snapshot is worth its record, and the rest then shows as damage.
    private async ValueTask<bool> HasPagesAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        bool needsNone = true;
        foreach (ChunkId root in Roots(snapshot))
        {
            if (await parts.Index.HasAsync(root, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            needsNone = false;
        }

        return needsNone;
    }

    private static IEnumerable<ChunkId> Roots(Snapshot snapshot) =>
        snapshot.Record.Sources.Select(PathResolver.RootOf).OfType<ChunkId>();
}
