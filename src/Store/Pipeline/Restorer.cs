using System.Runtime.CompilerServices;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// Brings entries back: extras go first, then folders are made, files side by side, hard links and the folders'
/// attributes last.
/// </summary>
/// <remarks>One failed entry is reported and the rest goes on; only the repository's own failures end the
/// run.</remarks>
internal sealed class Restorer(PathResolver resolver, TreeReader trees, ContentCopier copier)
{
    /// <summary>Restores what the request asks for into the target.</summary>
    public async Task<RestoreReport> RunAsync(
        RestoreRequest request, IRestoreTarget target, IProgress<RestoreProgress>? progress, CancellationToken cancellationToken)
    {
        var ranges = new List<SourceRange>();
        foreach (string path in request.Paths.Count == 0 ? [""] : request.Paths)
        {
            foreach (SourceRange found in await resolver.ResolveAsync(
                request.Snapshot, path, cancellationToken).ConfigureAwait(false))
            {
                SourceRange range =
                    request.WithoutRoot ? found with { KindOmitted = false, RootOmitted = true } : found;
                // What lies within another is not brought back twice.
                if (!ranges.Exists(other => other.Contains(range)))
                {
                    ranges.RemoveAll(range.Contains);
                    ranges.Add(range);
                }
            }
        }

        if (request.WithoutRoot)
        {
            RefuseSeveral(ranges);
        }

        if (request is { Delete: true, DeleteExcluded: false })
        {
            RefuseExcluded(ranges);
        }

        var tally = new RestoreTally(request, progress, ranges);
        var one = new EntryRestorer(request, target, copier, tally);
        var extra = new ExtraPaths(trees, target, request.DryRun, tally);
        foreach (SourceRange range in ranges)
        {
            // First, so that a folder can make room for a file, and so that folders get their times after it.
            if (request.Delete)
            {
                await tally.GuardAsync(
                    range.TargetPath(range.Prefix),
                    () => extra.DeleteAsync(range, cancellationToken)).ConfigureAwait(false);
            }

            await RestoreAsync(range, target, one, tally, cancellationToken).ConfigureAwait(false);
        }

        return tally.ToReport();
    }

    // Two sources may have the same path.
    private static void RefuseSeveral(List<SourceRange> ranges)
    {
        string[] roots = [.. ranges.Select(range => range.Source.Root).Distinct()];
        if (roots.Length > 1)
        {
            throw new StoreException(
                StoreFault.Ambiguous,
                $"Only one source at a time can be restored there, not {string.Join(" and ", roots)}.",
                $"Choose one, as with --path {roots[0]}.");
        }
    }

    // What was left out by rule is in no snapshot: to delete it because it is "extra" would lose it for good.
    private static void RefuseExcluded(List<SourceRange> ranges)
    {
        foreach (SnapshotSource source in ranges.Select(range => range.Source))
        {
            string? rule = source.Excluded.FirstOrDefault(
                line => !line.EndsWith(SnapshotSource.OwnRepository, StringComparison.Ordinal));
            if (rule is not null)
            {
                throw new StoreException(
                    StoreFault.Refused,
                    $"The snapshot of {source.Root} left things out by rule ({rule}); deleting what it lacks would delete them.",
                    "Leave --delete out, or add --delete-excluded.");
            }
        }
    }

    private async Task RestoreAsync(
        SourceRange range, IRestoreTarget target, EntryRestorer one, RestoreTally tally, CancellationToken cancellationToken)
    {
        var folders = new List<(EntryPath Path, Entry Entry, RestoreActionKind Done)>();
        try
        {
            await RestoreAsync(range, target, one, tally, folders, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also after a run that was cut short: a folder left as it was made would look like one that was changed
            // since.
            for (int i = folders.Count - 1; i >= 0; i--)
            {
                (EntryPath path, Entry entry, RestoreActionKind done) = folders[i];
                await one.FinishFolderAsync(path, entry, done, CancellationToken.None).ConfigureAwait(false);
            }

            tally.Report();
        }
    }

    private async Task RestoreAsync(
        SourceRange range, IRestoreTarget target, EntryRestorer one, RestoreTally tally,
        List<(EntryPath Path, Entry Entry, RestoreActionKind Done)> folders, CancellationToken cancellationToken)
    {
        var links = new List<(EntryPath Path, Entry Entry)>();
        var looseLinks = new Dictionary<EntryPath, EntryPath>();
        var workers = new RestoreWorkers(one, target.WritesAtOnce, target.IsFlat, cancellationToken);
        await using ConfiguredAsyncDisposable disposal = workers.ConfigureAwait(false);
        void OnLostPage(EntryPath first, StoreException e) => tally.LostPage(range.TargetPath(first), e);
        EntryPath below = range.TargetPath(range.Prefix);
        var names = new TargetNames(range, target);
        await foreach ((Entry entry, EntryPath path) in names
            .OfAsync(resolver.EntriesAsync(range, OnLostPage, cancellationToken)).ConfigureAwait(false))
        {
            if (entry.Kind == EntryKind.Folder)
            {
                // What is above must stand before anything below it is begun; what is in flight lies elsewhere.
                if (await one.MakeFolderAsync(path, entry, cancellationToken).ConfigureAwait(false) is { } done)
                {
                    folders.Add((path, entry, done));
                }

                continue;
            }

            if (names.Escapes(entry, path))
            {
                tally.Escaped(range.FullPath(entry.Path), path);
            }

            if (!target.IsFlat && entry.HardLink is { } first)
            {
                if (first.IsAtOrBelow(range.Prefix) || looseLinks.ContainsKey(first))
                {
                    links.Add((path, entry));
                    continue;
                }

                // The file's first path is not asked for: this one stands in for it.
                looseLinks.Add(first, path);
            }

            await target.ForeseeAsync(below, path, entry, cancellationToken).ConfigureAwait(false);
            await workers.AddAsync(path, entry).ConfigureAwait(false);
        }

        await workers.FinishAsync().ConfigureAwait(false);
        foreach ((EntryPath path, Entry entry) in links)
        {
            EntryPath first = looseLinks.TryGetValue(entry.HardLink!.Value, out EntryPath standIn)
                ? standIn
                : range.TargetPath(entry.HardLink.Value);
            await one.LinkAsync(path, first, entry, cancellationToken).ConfigureAwait(false);
        }
    }
}
