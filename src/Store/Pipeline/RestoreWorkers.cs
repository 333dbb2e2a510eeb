using System.Runtime.ExceptionServices;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Restores files side by side, a batch a worker, one worker a core.</summary>
/// <remarks>
/// A batch ends where a folder does, if it can: two workers in one folder wait for each other in the file system.
/// Memory: the
/// batches that are worked on, and one that is being filled. Disposed of, it waits for what is running, whatever
/// happened.
/// </remarks>
internal sealed class RestoreWorkers(EntryRestorer one, CancellationToken cancellationToken) : IAsyncDisposable
{
    private const int EnoughFiles = 64, MostFiles = 512;
    private const long EnoughBytes = 4 * 1024 * 1024;

    private static readonly int Count = Math.Max(2, Environment.ProcessorCount);

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly SemaphoreSlim _free = new(Count);
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
        bool enough = _batch.Count >= EnoughFiles || _bytes >= EnoughBytes;
        if ((enough && moved) || _batch.Count >= MostFiles || _bytes >= 4 * EnoughBytes)
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
        for (int i = 0; i < Count; i++)
        {
            await _free.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _free.Release(Count);
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
