namespace JadaStore.Collectors.Aws.Requests;

/// <summary>The requests to one service in one region: how many may run, and what their retries may cost.</summary>
/// <remarks>Thread-safe: everything happens inside the gate that all lanes of an <see cref="InFlight"/>
/// share.</remarks>
/// <param name="all">What it is a lane of.</param>
/// <param name="gate">Shared.</param>
/// <param name="most">How many may run where nobody says to slow down.</param>
internal sealed class Lane(InFlight all, Lock gate, int most)
{
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private double _allowed = most;
    private int _running;
    private int _slowDownsToIgnore;

    /// <summary>What retries may cost.</summary>
    public RetryBudget Budget { get; } = new();

    /// <summary>How many may run now.</summary>
    public int Allowed
    {
        get
        {
            lock (gate)
            {
                return (int)_allowed;
            }
        }
    }

    /// <summary>Whether its own bound lets one more run. Inside the gate.</summary>
    public bool HasRoom => _running < (int)_allowed;

    /// <summary>Whether anybody waits. Inside the gate.</summary>
    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>Waits for a place; each must be given back by <see cref="Leave"/>.</summary>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource place;
        lock (gate)
        {
            // Who waits could not be let in, so nobody is overtaken.
            if (HasRoom && all.TryTake())
            {
                _running++;
                return;
            }

            place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
            if (_waiting.Count == 1)
            {
                all.Waits(this);
            }
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
        lock (gate)
        {
            _running--;
            all.GiveBack();
        }
    }

    /// <summary>A request succeeded: after as many as are allowed, one more is.</summary>
    public void Succeeded()
    {
        lock (gate)
        {
            _slowDownsToIgnore = Math.Max(0, _slowDownsToIgnore - 1);
            _allowed = Math.Min(most, _allowed + (1 / _allowed));
            all.LetIn();
        }
    }

    /// <summary>The service says to slow down: half as many. Those that were running then may say it too, in
    /// vain.</summary>
    public void SlowDown()
    {
        lock (gate)
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

    /// <summary>Gives the place that is there to who waits longest; false when that one has given up. Inside the
    /// gate.</summary>
    public bool LetIn()
    {
        bool entered = _waiting.Dequeue().TrySetResult();
        _running += entered ? 1 : 0;
        return entered;
    }
}
