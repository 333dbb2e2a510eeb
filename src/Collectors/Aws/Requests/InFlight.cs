namespace JadaStore.Collectors.Aws.Requests;

/// <summary>How many requests run at once over everything, and who goes next.</summary>
/// <remarks>
/// Thread-safe. Each service and region has a <see cref="Lane"/> of its own, with a bound of its own that alone shrinks
/// when the service says to slow down. A place that gets free goes to the lanes in turn, so that one with thousands of
/// requests waiting does not keep out one with a few; within a lane, who waits longest goes first.
/// </remarks>
internal sealed class InFlight
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly Queue<Lane> _turns = new();
    private readonly int _most;
    private readonly int _mostInLane;
    private int _running;

    /// <param name="most">Over everything; at least 1.</param>
    /// <param name="mostInLane">In one lane; at least 1, and no more than <paramref name="most"/> count.</param>
    public InFlight(int most, int mostInLane)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostInLane, 1);
        _most = most;
        _mostInLane = Math.Min(most, mostInLane);
    }

    /// <summary>How many requests may run at once.</summary>
    public int Most => _most;

    /// <summary>The lane of that name; made when it is first asked for, and kept.</summary>
    public Lane LaneOf(string name)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(name, out Lane? lane))
            {
                _lanes.Add(name, lane = new Lane(this, _gate, _mostInLane));
            }

            return lane;
        }
    }

    /// <summary>Takes a place if there is one. Called by a lane that has room, inside the gate.</summary>
    public bool TryTake()
    {
        if (_running == _most)
        {
            return false;
        }

        _running++;
        return true;
    }

    /// <summary>Somebody begins to wait in a lane that had nobody waiting. Called inside the gate.</summary>
    public void Waits(Lane lane) => _turns.Enqueue(lane);

    /// <summary>A place got free. Called inside the gate.</summary>
    public void GiveBack()
    {
        _running--;
        LetIn();
    }

    /// <summary>Lets in who may run now: a place is free, or a lane has become wider. Called inside the gate.</summary>
    public void LetIn()
    {
        for (int full = 0; _running < _most && full < _turns.Count;)
        {
            Lane lane = _turns.Dequeue();
            if (!lane.HasRoom)
            {
                full++;
            }
            else if (lane.LetIn())
            {
                _running++;
                full = 0;
            }

            if (lane.HasWaiting)
            {
                _turns.Enqueue(lane);
            }
        }
    }
}
