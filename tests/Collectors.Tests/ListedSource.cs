using System.Runtime.CompilerServices;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests;

/// <summary>A source that says whatever it is told, be it what no folder could hold.</summary>
/// <param name="root">Where its entries lie.</param>
/// <param name="entries">In any order.</param>
internal sealed class ListedSource(string root, params SourceEntry[] entries) : ICollector
{
    public string Root => root;

    public IReadOnlyList<string> Excluded => [];

    public int ReadsAtOnce { get; init; }

    public IReadOnlyList<CoverageLine> Coverage { get; init; } = [];

    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (SourceEntry entry in entries.OrderBy(entry => entry.Path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }
}
