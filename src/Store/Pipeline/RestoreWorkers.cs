using System.Runtime.ExceptionServices;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Restores files side by side, a batch a worker, as many workers as the target wants.</summary>
/// <remarks>
/// A batch ends where a folder does, if it can: two workers in one folder wait for each other in the file system. Where
/// there are no folders batches are small, since most of the time is waiting.
/// Memory: the
/// batches that are worked on, and one that is being filled. Disposed of, it waits for what is running, whatever
/// happened.
/// </remarks>
/// <param name="one">Restores one.</param>
/// <param name="count">How many workers.</param>
/// <param name="isFlat">Whether there are no folders.</param>
/// <param name="cancellationToken">Stops before the next file.</param>
internal sealed class RestoreWorkers(EntryRestorer one, int count, bool isFlat, CancellationToken cancellationToken)
    : IAsyncDisposable
{
    private const int FlatFiles = 8;
    private const long FlatBytes = 1024 * 1024;
    private const int EnoughFiles = 64, MostFiles = 512;
    private const long EnoughBytes = 4 * 1024 * 1024;

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly SemaphoreSlim _free = new(count);
    private List<(EntryPath Path, Entry Entry)> _batch = [];
    private long _bytes;
    private int _folderLength;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Takes the next entry, in path order; its folder is made.</summary>
    public async ValueTask AddAsync(EntryPath path, Entry entry)
    {
        int folder = path.Span.LastIndexOf((byte)'/') + 1;
        bool moved = _batch.Count > 0
            && (folder != _folderLength || !path.Span[..folder].SequenceEqual(_batch[^1].Path.Span[..folder]));
        bool full = isFlat && (_batch.Count >= FlatFiles || _bytes >= FlatBytes);
        bool enough = _batch.Count >= EnoughFiles || _bytes >= EnoughBytes;
        if (full || (enough && moved) || _batch.Count >= MostFiles || _bytes >= 4 * EnoughBytes)
        {
            await StartAsync().ConfigureAwait(false);
        }

        _batch.Add((path, entry));
        _bytes += entry.Size;
        _folderLength = folder;
    }

    /// <summary>Waits until all is restored.</summary>
    public async Task FinishAsync()
    {
        await StartAsync().ConfigureAwait(false);
        await WaitAsync().ConfigureAwait(false);
        _failure?.Throw();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await WaitAsync().ConfigureAwait(false);
        _stop.Dispose();
        _free.Dispose();
    }

    // Each batch holds a place; who holds all of them knows that none is running.
    private async Task WaitAsync()
    {
        for (int i = 0; i < count; i++)
        {
            await _free.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _free.Release(count);
    }

    private async Task StartAsync()
    {
        await _free.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        List<(EntryPath Path, Entry Entry)> batch = _batch;
        _batch = [];
        _bytes = 0;
        _ = Task.Run(() => RunAsync(batch), CancellationToken.None);
        _failure?.Throw();
    }

    private async Task RunAsync(List<(EntryPath Path, Entry Entry)> batch)
    {
        try
        {
            foreach ((EntryPath path, Entry entry) in batch)
            {
                // Not every target looks, and of what is right already nothing is written.
                _stop.Token.ThrowIfCancellationRequested();
                await one.RestoreAsync(path, entry, _stop.Token).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // Not swallowed: the first is thrown to whoever adds or finishes next, the others follow from it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            await _stop.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }
}
