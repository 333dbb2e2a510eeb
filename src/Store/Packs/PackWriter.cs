using System.Runtime.ExceptionServices;
using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Packs;

/// <summary>
/// Blocks → packs: compresses, seals, checks and writes them, and gives a pack its name once it is whole.
/// </summary>
/// <remarks>
/// <para>Thread-safe. Compressing, sealing and writing run on the callers' threads, in parallel; only taking a number
/// and an
/// offset is done under a lock. A full pack is flushed and named on a thread of the pool; two at most at once, beside
/// the one that is being filled: when the disk cannot keep up, <see cref="AppendAsync"/> waits.</para>
/// <para>Nothing is written unchecked: each frame is opened and decoded again from the very buffer that goes to the
/// disk, and
/// each footer likewise, so that memory that fails, or a fault of a codec, ends the run and not a later restore.</para>
/// <para>The first failure stays: every later call throws it. Packs without fault are finished all the same, since what
/// they hold need not be stored again.</para>
/// </remarks>
internal sealed class PackWriter : IAsyncDisposable
{
    /// <summary>What a pack grows to unless said: 32 MiB. It is closed by the frame that reaches it.</summary>
    public const long DefaultTargetSize = 32 << 20;

    /// <summary>
    /// A pack is closed, however short, by the block that brings it to so many chunks: what is kept in memory of a pack
    /// grows with them, and so does its footer.
    /// </summary>
    public const int MostChunks = 1 << 16;

    private const int MostUnfinished = 3;

    private readonly IBackend _backend;
    private readonly MasterKey _master;
    private readonly PackPurpose _purpose;
    private readonly long _targetSize;
    private readonly Func<PackFooter, CancellationToken, ValueTask> _published;
    private readonly SemaphoreSlim _opening = new(1);
    private readonly SemaphoreSlim _places = new(MostUnfinished);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<OpenPack> _unfinished = [];
    private OpenPack? _open;
    private ExceptionDispatchInfo? _failure;
    private long _bytesWritten;

    /// <param name="backend">Where the packs go.</param>
    /// <param name="master">Gives every pack its key; must outlive this.</param>
    /// <param name="purpose">What the chunks are.</param>
    /// <param name="targetSize">In bytes; see <see cref="DefaultTargetSize"/>.</param>
    /// <param name="published">Called after a pack has its name, from any thread, maybe for two packs at once.</param>
    public PackWriter(IBackend backend, MasterKey master, PackPurpose purpose, long targetSize,
        Func<PackFooter, CancellationToken, ValueTask> published)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targetSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(targetSize, 1L << 30);
        (_backend, _master, _purpose, _targetSize, _published) = (backend, master, purpose, targetSize, published);
    }

    /// <summary>
    /// Bytes given to the backend so far: after <see cref="FlushAsync"/>, the length of all packs together.
    /// </summary>
    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    /// <summary>
    /// For tests: gets each frame or footer after it was sealed and before it is checked, to damage it there.
    /// </summary>
    internal Action<Memory<byte>>? Tamper { get; init; }

    /// <summary>Called with each pack's id before the pack is begun.</summary>
    public Action<PackId> Opening { get; init; } = _ => { };

    /// <summary>Stores chunks as one block; they are durable only after <see cref="FlushAsync"/>.</summary>
    /// <param name="raw">The chunks' bytes, end to end; not used after the call has completed.</param>
    /// <param name="ids">The chunks' ids, which are believed.</param>
    /// <param name="lengths">As many; see <see cref="BlockCodec.Encode"/>.</param>
    /// <param name="preferred">How to compress.</param>
    /// <param name="cancellationToken">Once the block has its place, being cancelled is a failure like any
    /// other.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <exception cref="StoreException"><see cref="StoreFault.Io"/>: this block or an earlier one could not be
    /// written.</exception>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> raw, ReadOnlyMemory<ChunkId> ids, ReadOnlyMemory<int> lengths,
        Codec preferred, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ids.Length, lengths.Length, nameof(ids));
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfFailed();
        using var block = new SecretBuffer(BlockCodec.MaxLengthFor(raw.Length, lengths.Span));
        int length = BlockCodec.Encode(raw.Span, lengths.Span, preferred, block.Span);
        PackChunk[] chunks = Zip(ids.Span, lengths.Span);
        (OpenPack pack, BlockLocation location) =
            await ReserveAsync(
                length + BlockSealer.Overhead, raw.Length, chunks, cancellationToken).ConfigureAwait(false);
        try
        {
            long written = await pack.WriteFrameAsync(location, block.Memory[..length], raw, lengths, cancellationToken)
                .ConfigureAwait(false);
            Interlocked.Add(ref _bytesWritten, written);
        }
        catch (Exception e)
        {
            Fail(pack, e);
            throw;
        }
        finally
        {
            lock (_lock)
            {
                pack.Leave();
            }
        }
    }

    /// <summary>
    /// Makes durable, and names, every pack with a block whose <see cref="AppendAsync"/> has completed.
    /// </summary>
    /// <exception cref="StoreException">As <see cref="AppendAsync"/>.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await FinishAllAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfFailed();
    }

    /// <summary>Abandons the packs that are not finished. No other call may be running.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _failure ??= ExceptionDispatchInfo.Capture(new ObjectDisposedException(nameof(PackWriter)));
            foreach (OpenPack pack in _unfinished)
            {
                pack.Broken = true;
            }
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await FinishAllAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _opening.Dispose();
        _places.Dispose();
    }

    private static PackChunk[] Zip(ReadOnlySpan<ChunkId> ids, ReadOnlySpan<int> lengths)
    {
        var chunks = new PackChunk[ids.Length];
        for (int i = 0; i < chunks.Length; i++)
        {
            chunks[i] = new PackChunk(ids[i], lengths[i]);
        }

        return chunks;
    }

    private async ValueTask<(OpenPack Pack, BlockLocation Location)> ReserveAsync(
        int sealedLength, int rawLength, PackChunk[] chunks, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_lock)
            {
                _failure?.Throw();
                if (_open is { } pack)
                {
                    BlockLocation location = pack.Reserve(sealedLength, rawLength, chunks);
                    if (pack.Length >= _targetSize || pack.Chunks >= MostChunks)
                    {
                        _open = null;
                        pack.Close();
                    }

                    return (pack, location);
                }
            }

            await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (Volatile.Read(ref _open) is null)
                {
                    await OpenAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                _opening.Release();
            }
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfFailed();
            var id = PackId.New();
            Opening(id);
            IBackendWriter writer = await _backend.BeginAsync(PackName.Of(id), cancellationToken).ConfigureAwait(false);
            var pack = new OpenPack(_master, id, _purpose, writer) { Tamper = Tamper };
            lock (_lock)
            {
                _open = pack;
                _unfinished.Add(pack);
                pack.Finished = FinishAsync(pack);
            }
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    private async Task FinishAsync(OpenPack pack)
    {
        try
        {
            await pack.Written.ConfigureAwait(false);
            await using (pack.ConfigureAwait(false))
            {
                if (!pack.Broken)
                {
                    PackFooter footer = pack.Footer;
                    long written = await pack.WriteEndsAsync(footer, _stop.Token).ConfigureAwait(false);
                    Interlocked.Add(ref _bytesWritten, written);
                    await pack.CommitAsync(_stop.Token).ConfigureAwait(false);
                    await _published(footer, _stop.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e)
        {
            Fail(pack, e);
            throw;
        }
        finally
        {
            lock (_lock)
            {
                _unfinished.Remove(pack);
            }

            _places.Release();
        }
    }

    private Task FinishAllAsync()
    {
        lock (_lock)
        {
            _open?.Close();
            _open = null;
            return Task.WhenAll(_unfinished.Select(pack => pack.Finished));
        }
    }

    private void Fail(OpenPack pack, Exception failure)
    {
        lock (_lock)
        {
            pack.Broken = true;
            _failure ??= ExceptionDispatchInfo.Capture(failure);
        }
    }

    private void ThrowIfFailed() => Volatile.Read(ref _failure)?.Throw();
}
