using JadaStore.Cli.Output.Json;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>Counts changes.</summary>
/// <remarks>A modified file counts with its new size among the bytes added and with its old one among those
/// removed.</remarks>
internal sealed class DiffSummary
{
    private readonly long[] _counts = new long[Enum.GetValues<ChangeKind>().Length];
    private long _bytesAdded;
    private long _bytesRemoved;

    /// <summary>Whether anything differs, or was not looked at by both: nobody knows that it does not.</summary>
    public bool Any => _counts.Any(count => count > 0);

    /// <summary>Counts one more.</summary>
    public void Add(Change change)
    {
        _counts[(int)change.Kind]++;
        if (change.Kind != ChangeKind.Metadata)
        {
            _bytesAdded += change.New?.Size ?? 0;
            _bytesRemoved += change.Old?.Size ?? 0;
        }
    }

    /// <summary>The JSON shape.</summary>
    public DiffSummaryJson ToJson() => new(
        _counts[(int)ChangeKind.Added],
        _counts[(int)ChangeKind.Removed],
        _counts[(int)ChangeKind.Modified],
        _counts[(int)ChangeKind.Metadata],
        _counts[(int)ChangeKind.Unknown],
        _counts[(int)ChangeKind.NotTakenInOlder] + _counts[(int)ChangeKind.NotTakenInNewer],
        _bytesAdded,
        _bytesRemoved);

    /// <summary><c>1 added, 2 removed, 3 modified, 4 metadata; +1.0 KiB −2.0 KiB</c>.</summary>
    public override string ToString()
    {
        if (!Any)
        {
            return "no differences";
        }

        IEnumerable<string> parts = Enum.GetValues<ChangeKind>()
            .GroupBy(EntryText.Change, kind => _counts[(int)kind])
            .Where(same => same.Sum() > 0)
            .Select(same => $"{Size.Count(same.Sum())} {same.Key.Replace('_', ' ')}");
        return $"{string.Join(", ", parts)}; +{Size.Text(_bytesAdded)} -{Size.Text(_bytesRemoved)}";
    }
}
