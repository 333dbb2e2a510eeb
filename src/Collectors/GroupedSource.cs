using System.Runtime.CompilerServices;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors;

/// <summary>A source of a <see cref="SourceGroup"/>.</summary>
internal sealed class GroupedSource(ICollector source, SourceGroup group) : ICollector
{
    private SourceBreak? _out;

    /// <inheritdoc/>
    public string Root => source.Root;

    /// <inheritdoc/>
    public IReadOnlyList<string> Excluded => source.Excluded;

    /// <inheritdoc/>
    public int ReadsAtOnce => source.ReadsAtOnce;

    /// <inheritdoc/>
    public SourceBreak? BrokeOff => _out ?? source.BrokeOff;

    /// <inheritdoc/>
    public IReadOnlyList<CoverageLine> Coverage => source.Coverage;

    /// <inheritdoc/>
    public IReadOnlyList<SourcePart> Parts => source.Parts;

    /// <inheritdoc/>
    public string? Account => source.Account;

    /// <inheritdoc/>
    public SourceItems? Items => source.Items;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _out = null;
        IAsyncEnumerator<SourceEntry> entries =
            source.CollectAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (entries.ConfigureAwait(false))
        {
            bool any = await StartAsync(entries).ConfigureAwait(false);
            while (any)
            {
                yield return entries.Current;
                any = await entries.MoveNextAsync().ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<bool> StartAsync(IAsyncEnumerator<SourceEntry> entries)
    {
        try
        {
            return await entries.MoveNextAsync().ConfigureAwait(false);
        }
        catch (StoreException e) when (SourceGroup.Concerns(e) && !group.IsLastOut())
        {
            _out = new SourceBreak(default, e.Message);
            return false;
        }
    }
}
