using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>The entries of a snapshot, walked in step with a listing of the same source.</summary>
/// <param name="entries">In path order.</param>
/// <param name="cancellationToken">Stops the walk.</param>
internal sealed class EntriesInStep(IAsyncEnumerable<Entry> entries, CancellationToken cancellationToken)
    : IAsyncDisposable
{
    private readonly IAsyncEnumerator<Entry> _entries = entries.GetAsyncEnumerator(cancellationToken);
    private bool _started;
    private bool _more;

    /// <summary>The entry at that path, or null.</summary>
    /// <param name="path">None that was asked for before lies behind it.</param>
    public async ValueTask<Entry?> AtAsync(EntryPath path)
    {
        if (!_started)
        {
            _started = true;
            _more = await _entries.MoveNextAsync().ConfigureAwait(false);
        }

        while (_more && _entries.Current.Path < path)
        {
            _more = await _entries.MoveNextAsync().ConfigureAwait(false);
        }

        return _more && _entries.Current.Path == path ? _entries.Current : null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _entries.DisposeAsync();
}
