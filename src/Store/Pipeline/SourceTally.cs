using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>Counts what a source gives.</summary>
internal sealed class SourceTally(string root, int maxErrors)
{
    private readonly List<SourceError> _errors = [];
    private long _errorCount;
    private long _entries;
    private long _bytes;

    /// <summary>Bytes of content that were read.</summary>
    public long BytesRead { get; set; }

    /// <summary>Bytes among them that the repository did not have.</summary>
    public long BytesAdded { get; set; }

    /// <summary>Counts one entry.</summary>
    public void Add(Entry entry)
    {
        _entries++;
        _bytes += entry.Size;
        if (entry.Problem is null)
        {
            return;
        }

        _errorCount++;
        if (_errors.Count < maxErrors)
        {
            _errors.Add(new SourceError(entry.Path.ToString(), entry.Problem));
        }
    }

    /// <summary>How far the source is; from any thread, and then some entries late at most.</summary>
    public SnapshotProgress Progress(long expected, bool done, SourceItems? items) =>
        new(root, _entries, _bytes, BytesRead, BytesAdded, expected, done, items);

    /// <summary>What the record says of it, once the collector has come to its end.</summary>
    public SnapshotSource ToSource(TreeSummary tree, ICollector collector)
    {
        if (collector.BrokeOff is { } broke)
        {
            _errorCount++;
            _errors.Add(new SourceError("", broke.Message));
        }

        return new SnapshotSource
        {
            Root = root,
            Tree = tree.Root?.ToString(),
            Entries = tree.Entries,
            Bytes = tree.Bytes,
            Complete = _errorCount == 0,
            UnlistedAfter = collector.BrokeOff is { } at ? Convert.ToHexStringLower(at.After.Span) : null,
            ErrorCount = _errorCount,
            Errors = _errors,
            Excluded = collector.Excluded,
            Account = collector.Account,
            Parts = collector.Parts is { Count: > 0 } chosen ? chosen : null,
            Coverage = [.. CoverageGroup.InOrder(collector.Coverage)],
        };
    }
}
