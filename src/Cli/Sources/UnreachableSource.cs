using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Sources;

/// <summary>A source of which it is known already that it is out of reach: it fails when its turn comes, so that it
/// stops no other.</summary>
/// <param name="root">Where its entries would lie.</param>
/// <param name="failure">Why it is.</param>
internal sealed class UnreachableSource(string root, StoreException failure) : ICollector
{
    /// <inheritdoc/>
    public string Root => root;

    /// <inheritdoc/>
    public IReadOnlyList<string> Excluded => [];

    /// <inheritdoc/>
    /// <exception cref="StoreException">Always.</exception>
    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.FromException(failure).ConfigureAwait(false);
        yield break;
    }
}
