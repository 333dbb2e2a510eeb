namespace JadaStore.Collectors.Local.Restore;

/// <summary>What a person should know of a restore as a whole: each said once, from any thread.</summary>
internal sealed class TargetNotes
{
    private readonly Lock _lock = new();
    private readonly List<string> _notes = [];

    /// <summary>All so far, in the order they came.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _notes];
            }
        }
    }

    /// <summary>Adds a note unless it is there.</summary>
    public void Add(string note)
    {
        lock (_lock)
        {
            if (!_notes.Contains(note))
            {
                _notes.Add(note);
            }
        }
    }
}
