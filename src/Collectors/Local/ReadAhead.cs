namespace JadaStore.Collectors.Local;

/// <summary>
/// Lists folders ahead of the walk that will need them, on a few threads, roughly in the walk's own order.
/// </summary>
/// <remarks>
/// <para>Folders wait on a stack, the next one on top; what a listing finds goes on top of it, so that the work runs
/// depth
/// first like the walk. A folder that the walk reaches before any worker did is listed by the walk itself: nobody waits
/// for a queue, and with no worker at all everything still happens, one after the other.</para>
/// <para>Memory: workers pause while that many names are listed and not yet walked, at about 300 bytes a name; a
/// folder is
/// always listed whole.</para>
/// </remarks>
internal sealed class ReadAhead
{
    private readonly Lock _gate = new();
    private readonly Stack<Subfolder> _waiting = new();
    private readonly int _maxWorkers;
    private readonly int _maxAhead;
    private TaskCompletionSource? _idle;
    private int _workers;
    private long _ahead;
    private bool _stopped;

    /// <param name="workers">How many folders are listed at once beside the walk; 0 or more.</param>
    /// <param name="names">How many names are listed ahead before the workers pause; at least 1.</param>
    public ReadAhead(int workers, int names)
    {
        _maxWorkers = workers;
        _maxAhead = names;
    }

    /// <summary>The folder's listing, for the walk; asked once for each folder.</summary>
    public async ValueTask<Listing> TakeAsync(Subfolder folder)
    {
        if (folder.TryClaim())
        {
            folder.Listing.RunSynchronously(TaskScheduler.Default);
            Listing found = await folder.Listing.ConfigureAwait(false);
            Add(found, 0);
            return found;
        }

        Listing listing = await folder.Listing.ConfigureAwait(false);
        lock (_gate)
        {
            _ahead -= Weight(listing);
            StartWorker();
        }

        return listing;
    }

    /// <summary>Ends the workers and waits until the last is done.</summary>
    public async ValueTask StopAsync()
    {
        Task idle;
        lock (_gate)
        {
            _stopped = true;
            _waiting.Clear();
            if (_workers == 0)
            {
                return;
            }

            _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            idle = _idle.Task;
        }

        await idle.ConfigureAwait(false);
    }

    private static long Weight(Listing listing) => listing.Items.Count + 1;

    private void Add(Listing listing, long ahead)
    {
        lock (_gate)
        {
            _ahead += ahead;
            if (_stopped || _maxWorkers == 0)
            {
                return;
            }

            for (int i = listing.Items.Count - 1; i >= 0; i--)
            {
                if (listing.Items[i].Folder is { } folder)
                {
                    _waiting.Push(folder);
                }
            }

            StartWorker();
        }
    }

    /// <summary>
    /// Starts one more worker if there is something for it to do; each starts the next. Called under the gate.
    /// </summary>
    private void StartWorker()
    {
        if (!_stopped && _workers < _maxWorkers && _waiting.Count > 0 && _ahead < _maxAhead)
        {
            _workers++;
            ThreadPool.UnsafeQueueUserWorkItem(static self => self.Work(), this, preferLocal: false);
        }
    }

    private void Work()
    {
        while (Next() is { } folder)
        {
            folder.Listing.RunSynchronously(TaskScheduler.Default);

            // A failure stays in the task and reaches the walk when it takes the folder.
            if (folder.Found is { } listing)
            {
                Add(listing, Weight(listing));
            }
        }
    }

    /// <summary>The next folder for a worker; null, and one worker less, when there is nothing to do.</summary>
    private Subfolder? Next()
    {
        lock (_gate)
        {
            while (!_stopped && _ahead < _maxAhead && _waiting.TryPop(out Subfolder? folder))
            {
                if (folder.TryClaim())
                {
                    StartWorker();
                    return folder;
                }
            }

            _workers--;
            if (_workers == 0)
            {
                _idle?.TrySetResult();
            }

            return null;
        }
    }
}
