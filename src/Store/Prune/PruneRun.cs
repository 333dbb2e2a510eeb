using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Prune;

/// <summary>One prune: its packs and marks, and the steps that change something.</summary>
internal sealed class PruneRun
{
    // How often what came meanwhile is marked without the lock, before it is done under it.
    private const int MostAttempts = 4;

    private readonly RepositoryParts _parts;
    private readonly PruneRequest _request;
    private readonly IProgress<PruneProgress>? _progress;
    private readonly PackTable _table = new();
    private readonly PackSurvey _survey;
    private readonly LiveMarks _marks;
    private readonly KeptCopies _copies;
    private readonly HashSet<SnapshotId> _marked = [];
    private readonly PruneTally _tally = new();
    private PruneRoots? _roots;
    private bool _isProven;

    public PruneRun(RepositoryParts parts, PruneRequest request, IProgress<PruneProgress>? progress)
    {
        (_parts, _request, _progress) = (parts, request, progress);
        _survey = new PackSurvey(parts, progress);
        _marks = new LiveMarks(parts, _table, progress) { GoesOnWithoutLost = request.KnownLosses };
        _copies = new KeptCopies(parts, _table, progress);
    }

    /// <summary>Whether anything is gone by now.</summary>
    public bool HasDeleted => _tally.Deleted.Packs > 0 || _tally.Expired > 0;

    /// <summary>Looks at all packs and marks what is needed of them. Changes nothing.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        using (await LockAsync(cancellationToken).ConfigureAwait(false))
        {
            _roots = await PruneRoots.LookAsync(_parts, _request.Grace, cancellationToken).ConfigureAwait(false);
        }

        await SurveyAsync(cancellationToken).ConfigureAwait(false);
        await MarkAsync(_roots, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Condemns what no snapshot needs, and takes back what one does.</summary>
    public Task CondemnAsync(CancellationToken cancellationToken) => SettledAsync(
        async roots =>
        {
            PruneChoice choice = PruneChoice.Of(_table, roots.Sessions, _request);
            await _parts.Condemned.ReviveAsync(
                choice.Revive.Select(pack => pack.Id).ToHashSet(), cancellationToken).ConfigureAwait(false);
            await _parts.Condemned.CondemnAsync(
                choice.Condemn.Select(pack => pack.Id), _parts.Time.GetUtcNow(), cancellationToken)
                .ConfigureAwait(false);
            _tally.Took(choice);
        },
        cancellationToken);

    /// <summary>
    /// Deletes what was condemned long enough ago, a batch at a time, so that others need not wait long.
    /// </summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        int deleted;
        do
        {
            deleted = 0;
            await SettledAsync(
                async roots =>
                {
                    var deletion = new PackDeletion(_parts, _table, roots, _request.Grace);
                    _tally.Expired += await deletion.ExpireAsync(cancellationToken).ConfigureAwait(false);
                    IReadOnlyList<PackId> gone = await deletion.DeleteAsync(cancellationToken).ConfigureAwait(false);
                    _tally.Deletes(gone, _table);
                    deleted = gone.Count;
                },
                cancellationToken).ConfigureAwait(false);
            _progress?.Report(new PruneProgress(PruneStage.Delete, _tally.Deleted.Packs, 0));
        }
        while (deleted > 0);
    }

    /// <summary>Copies what is needed out of packs that are mostly not; false when there are none.</summary>
    public async Task<bool> RewriteAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PackLife> packs = PruneChoice.Of(_table, _roots!.Sessions, _request).Rewrite;
        if (packs.Count == 0)
        {
            return false;
        }

        _tally.Rewrites(packs);
        _tally.Written =
            await new PackRewriter(_parts, _table, _progress).RunAsync(packs, cancellationToken).ConfigureAwait(false);
        _isProven = false;
        return true;
    }

    /// <summary>What was done, or would be.</summary>
    public async Task<PruneReport> ReportAsync(CancellationToken cancellationToken)
    {
        if (_request.DryRun)
        {
            PruneChoice foreseen = PruneChoice.Of(_table, _roots!.Sessions, _request);
            return _tally.Foresee(
                foreseen, new PackDeletion(_parts, _table, _roots, _request.Grace), _table, _roots,
                _parts.Time.GetUtcNow() + _request.Grace, _request.Grace == TimeSpan.Zero);
        }

        using (await LockAsync(cancellationToken).ConfigureAwait(false))
        {
            _roots = await PruneRoots.LookAsync(_parts, _request.Grace, cancellationToken).ConfigureAwait(false);
        }

        await _parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
        PruneChoice left = PruneChoice.Of(_table, _roots.Sessions, _request);
        return _tally.Report(left, new PackDeletion(_parts, _table, _roots, _request.Grace), _table);
    }

    private Task<FolderLock> LockAsync(CancellationToken cancellationToken) =>
        _parts.Locks.CommitAsync("jstore prune", cancellationToken);

    // Does what changes something under the commit lock, when all that is needed at that moment is marked, and what is
    // kept of what goes is proven. What came since the last look is marked without the lock, unless snapshots come all
    // the time.
    private async Task SettledAsync(Func<PruneRoots, Task> act, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            PruneRoots roots;
            using (await LockAsync(cancellationToken).ConfigureAwait(false))
            {
                roots = await PruneRoots.LookAsync(_parts, _request.Grace, cancellationToken).ConfigureAwait(false);
                if (attempt == MostAttempts)
                {
                    await SettleAsync(roots, cancellationToken).ConfigureAwait(false);
                }

                if (_isProven && Unmarked(roots).Count == 0)
                {
                    _roots = roots;
                    await act(roots).ConfigureAwait(false);
                    return;
                }
            }

            await SettleAsync(roots, cancellationToken).ConfigureAwait(false);
        }
    }

    // What is lost comes first: what a snapshot brings back between the two is found among the packs, and counts.
    private async Task SurveyAsync(CancellationToken cancellationToken)
    {
        await _parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
        _marks.Lost = await KnownLosses.ReadAsync(_parts, cancellationToken).ConfigureAwait(false);
        await _survey.RunAsync(_table, cancellationToken).ConfigureAwait(false);
    }

    private async Task SettleAsync(PruneRoots roots, CancellationToken cancellationToken)
    {
        if (Unmarked(roots).Count > 0)
        {
            // What a snapshot needs was durable before its record, so it is found now.
            await SurveyAsync(cancellationToken).ConfigureAwait(false);
            await MarkAsync(roots, cancellationToken).ConfigureAwait(false);
        }

        if (!_isProven)
        {
            PackId[] going =
                [.. _table.All.Where(pack => pack.LiveBytes == 0).Select(pack => pack.Id), .. _table.Unreadable.Keys];
            await _copies.ProveAsync(going, cancellationToken).ConfigureAwait(false);
            _isProven = true;
        }
    }

    private List<SnapshotId> Unmarked(PruneRoots roots) =>
        [.. roots.Visible.Concat(roots.Kept).Select(snapshot => snapshot.Id).Where(id => !_marked.Contains(id))];

    // What is visible first, or it would not be told apart from what only forgotten snapshots need.
    private async Task MarkAsync(PruneRoots roots, CancellationToken cancellationToken)
    {
        await _parts.Index.EnsureAsync(cancellationToken).ConfigureAwait(false);
        foreach ((Snapshot snapshot, bool isVisible) in roots.Visible.Select(one => (one, true)).Concat(
            roots.Kept.Select(one => (one, false))))
        {
            if (_marked.Add(snapshot.Id))
            {
                _isProven = false;
                if (_marks.HasGaps)
                {
                    foreach (PackLife pack in _table.All)
                    {
                        pack.ForgetWalks();
                    }
                }

                await _marks.MarkAsync(snapshot.Record, isVisible, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
