namespace JadaStore.Collectors.Aws.Requests;

/// <summary>How many requests run at once: as many as allowed, fewer for a while when a service says to slow
/// down.</summary>
/// <remarks>Thread-safe. Who waits longest goes first.</remarks>
internal sealed class InFlight
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private readonly int _most;
    private double _allowed;
    private int _running;
    private int _slowDownsToIgnore;

    /// <param name="most">At least 1.</param>
    public InFlight(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        _most = most;
        _allowed = most;
    }

    /// <summary>How many may run now.</summary>
    public int Allowed
    {
        get
        {
            lock (_gate)
            {
                return (int)_allowed;
            }
        }
    }

    /// <summary>Waits for a place; each must be given back by <see cref="Leave"/>.</summary>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource place;
        lock (_gate)
        {
            if (_running < (int)_allowed)
            {
                _running++;
                return;
            }

            place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
        }

        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), place);
        await using (registration.ConfigureAwait(false))
        {
            await place.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _running--;
            LetIn();
        }
    }

    /// <summary>A request succeeded: after as many as are allowed, one more is.</summary>
    public void Succeeded()
    {
        lock (_gate)
        {
            _slowDownsToIgnore = Math.Max(0, _slowDownsToIgnore - 1);
            _allowed = Math.Min(_most, _allowed + (1 / _allowed));
            LetIn();
        }
    }

    /// <summary>The service says to slow down: half as many. Those that were running then may say it too, in
    /// vain.</summary>
    public void SlowDown()
    {
        lock (_gate)
        {
            if (_slowDownsToIgnore > 0)
            {
                _slowDownsToIgnore--;
                return;
            }

            _slowDownsToIgnore = _running;
            _allowed = Math.Max(1, _allowed / 2);
        }
    }

    private void LetIn()
    {
        while (_running < (int)_allowed && _waiting.TryDequeue(out TaskCompletionSource? next))
        {
            if (next.TrySetResult())
            {
                _running++;
            }
        }
    }
}
