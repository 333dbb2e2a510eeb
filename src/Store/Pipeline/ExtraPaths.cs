using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>Removes what stands in a target and is not in the snapshot.</summary>
internal sealed class ExtraPaths(TreeReader trees, IRestoreTarget target, bool dryRun, RestoreTally tally)
{
    /// <summary>All at or below the range.</summary>
    public async Task DeleteAsync(SourceRange range, CancellationToken cancellationToken)
    {
        EntryPath top = range.TargetPath(default);
        var names = new TargetNames(range, target);
        var unlisted = new UnlistedFolders(trees, range.Source);
        var batch = new List<EntryPath>();
        EntryPath below = names.PlaceOf(range.Prefix);
        await foreach (EntryPath path in target.ListAsync(below, cancellationToken).ConfigureAwait(false))
        {
            if (path.Length < top.Length)
            {
                continue;
            }

            EntryPath inSource = names.KeyOf(path);
            if (await IsInSnapshotAsync(range.Source, inSource, path, names, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            // What the snapshot could not see may be all that is left of it.
            if (await unlisted.HideAsync(inSource, cancellationToken).ConfigureAwait(false))
            {
                tally.Did(RestoreActionKind.Keep, path, null);
                continue;
            }

            batch.Add(path);
            if (batch.Count == target.DeletesAtOnce)
            {
                await DeleteAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }

        await DeleteAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    private async Task DeleteAsync(List<EntryPath> batch, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<EntryPath, string> failed = dryRun || batch.Count == 0
            ? new Dictionary<EntryPath, string>()
            : await target.DeleteAllAsync(batch, cancellationToken).ConfigureAwait(false);
        foreach (EntryPath path in batch)
        {
            if (failed.TryGetValue(path, out string? why))
            {
                tally.Failed(path, why);
            }
            else
            {
                tally.Did(RestoreActionKind.Delete, path, null);
            }
        }

        batch.Clear();
    }

    private async ValueTask<bool> IsInSnapshotAsync(
        SnapshotSource source, EntryPath path, EntryPath name, TargetNames names, CancellationToken cancellationToken)
    {
        if (path.Length == 0 && !target.IsFlat)
        {
            return true;
        }

        if (PathResolver.RootOf(source) is not { } root)
        {
            return false;
        }

        if (name.IsFolder && !target.IsFlat)
        {
            return await IsAnyAsync(root, path, cancellationToken).ConfigureAwait(false);
        }

        if (await trees.FindAsync(root, path, cancellationToken).ConfigureAwait(false) is not { } entry)
        {
            return false;
        }

        // A name that stands for the key now and then is an extra one now.
        return !names.AreEscaped
            || names.PlaceOf(
                entry, await IsAnyAsync(root, path.Append("/"u8), cancellationToken).ConfigureAwait(false)) == name;
    }

    private async ValueTask<bool> IsAnyAsync(ChunkId root, EntryPath prefix, CancellationToken cancellationToken)
    {
        await foreach (Entry _ in trees.ScanAsync(root, prefix, prefix, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        return false;
    }
}
