using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Pipeline;

/// <summary>Compares sources with a snapshot: list, join, read a share of what seems unchanged. Writes
/// nothing.</summary>
/// <remarks>
/// One source after the other, as many reads at once as it says. A subtree whose fingerprint is unchanged is one of the
/// share or not as a whole, for looking into it costs what reading it does; in one that changed nothing is compared.
/// Memory: a page of the listing and of the tree, what is listed of one subtree, a buffer a read, and what was found.
/// </remarks>
internal sealed class SourceVerifier(RepositoryParts parts)
{
    // Larger ones come in ranges of many mebibytes.
    private const long LargeFile = 8 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly List<SourceDifference> _differing = [];
    private readonly List<SourceError> _errors = [];
    private long _entries;
    private long _checked;
    private long _bytes;

    /// <summary>Runs to the end; one instance runs once.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>: the snapshot has none of the sources;
    /// <see cref="StoreFault.SourceUnreachable"/>; <see cref="StoreFault.Corrupt"/>: a page of the snapshot is
    /// lost.</exception>
    public async Task<VerifySourceReport> RunAsync(
        VerifySourceRequest request, IProgress<VerifySourceProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(request.Share is > 0 and <= 1, true, nameof(request));
        SnapshotRecord record = request.Snapshot.Record;
        Dictionary<string, SnapshotSource> known = record.Sources.ToDictionary(source => source.Root);
        if (!request.Sources.Any(source => known.ContainsKey(source.Root)))
        {
            string roots = string.Join(", ", request.Sources.Select(source => source.Root));
            throw new StoreException(
                StoreFault.NotFound, $"{record.Name} has no source {roots} to compare with.",
                "`jstore list` shows which snapshot has what.");
        }

        long day = parts.Time.GetUtcNow().ToUnixTimeSeconds() / 86_400;
        var share = new SourceShare(request.Share, parts.Config.RepositoryId.ToString(), day);
        foreach (ICollector collector in request.Sources.OrderBy(source => source.Root, StringComparer.Ordinal))
        {
            if (known.TryGetValue(collector.Root, out SnapshotSource? source))
            {
                await CompareAsync(collector, source, share, progress, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                _errors.Add(new SourceError(collector.Root, $"is not in {record.Name}"));
            }
        }

        return new VerifySourceReport
        {
            Entries = _entries,
            Checked = _checked,
            Bytes = _bytes,
            Differing = [.. _differing.OrderBy(one => one.Path, StringComparer.Ordinal)],
            Errors = [.. _errors.OrderBy(one => one.Path, StringComparer.Ordinal)],
        };
    }

    private async Task CompareAsync(
        ICollector collector, SnapshotSource source, SourceShare share,
        IProgress<VerifySourceProgress>? progress, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<Entry> old = PathResolver.RootOf(source) is { } tree
            ? parts.Trees.ScanAsync(tree, default, default, cancellationToken)
            : AsyncEnumerable.Empty<Entry>();
        IAsyncEnumerable<ListedAgain> chosen = ListedAgain
            .JoinAsync(
                collector.CollectAsync(cancellationToken), old,
                subtree => share.Takes(collector.Root, subtree.Path), cancellationToken)
            .Where(item => IsChosen(item, collector.Root, share));
        using var large = new SemaphoreSlim(Math.Max(2, Environment.ProcessorCount));
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = collector.ReadsAtOnce > 0 ? collector.ReadsAtOnce : Environment.ProcessorCount,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(chosen, parallel, async (item, token) =>
        {
            bool isLarge = item.Now.Size > LargeFile;
            if (isLarge)
            {
                await large.WaitAsync(token).ConfigureAwait(false);
            }

            try
            {
                await CompareAsync(collector.Root, item, token).ConfigureAwait(false);
            }
            finally
            {
                if (isLarge)
                {
                    large.Release();
                }
            }

            progress?.Report(Progress(collector.Root));
        }).ConfigureAwait(false);

        if (collector.BrokeOff is { } broke)
        {
            _errors.Add(new SourceError(collector.Root, broke.Message));
        }
    }

    // Asked for one entry after the other, though from several threads.
    private bool IsChosen(ListedAgain item, string root, SourceShare share)
    {
        _entries++;
        if (item.Now is SourceFault fault)
        {
            lock (_gate)
            {
                _errors.Add(new SourceError($"{root}/{fault.Path}", fault.Message));
            }

            return false;
        }

        return item.IsWithin
            ? item.Old?.Problem is null
            : (item.IsUnchanged || item.LooksTheSame) && share.Takes(root, item.Now.Path);
    }

    private async Task CompareAsync(string root, ListedAgain item, CancellationToken cancellationToken)
    {
        string path = $"{root}/{item.Now.Path}";
        try
        {
            ReadAgainResult result = await ReadAgain.CompareAsync(item, cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                _bytes += result.Bytes;
                _checked += result.What is null ? 0 : 1;
                if (result.What is { Length: > 0 } what)
                {
                    _differing.Add(new SourceDifference(path, what));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lock (_gate)
            {
                _errors.Add(new SourceError(path, e.Message));
            }
        }
    }

    private VerifySourceProgress Progress(string root)
    {
        lock (_gate)
        {
            return new VerifySourceProgress(root, _checked, _bytes, _differing.Count);
        }
    }
}
