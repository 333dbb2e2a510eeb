namespace JadaStore.Store.Repair;

/// <summary>What a repair says it did, and what it could not do, a line each; in the order of the work.</summary>
/// <param name="isDryRun">Whether nothing is written, and all of it is what would be done.</param>
internal sealed class RepairLog(bool isDryRun)
{
    private readonly List<string> _done = [];
    private readonly List<string> _left = [];

    /// <summary>Whether nothing is written.</summary>
    public bool IsDryRun => isDryRun;

    /// <summary>What was put right.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>What could not be.</summary>
    public IReadOnlyList<string> Left => _left;

    /// <summary>Says that something was put right.</summary>
    public void AddDone(string line) => _done.Add(line);

    /// <summary>Says that something could not be put right; once, though it is tried again later.</summary>
    public void AddLeft(string line)
    {
        if (!_left.Contains(line))
        {
            _left.Add(line);
        }
    }
}
