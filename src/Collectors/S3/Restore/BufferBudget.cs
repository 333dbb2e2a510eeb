using System.Buffers;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>Bounds the bytes of content in memory; who waits longest goes first.</summary>
/// <remarks>Thread-safe. Nobody may wait here while holding a buffer that only gets free after it.</remarks>
/// <param name="most">Bytes; one buffer that is longer goes alone.</param>
internal sealed class BufferBudget(long most)
{
    private readonly Lock _gate = new();
    private readonly Queue<(long Length, TaskCompletionSource Place)> _waiting = new();
    private long _taken;

    /// <summary>A buffer of at least that length; given back by disposing of it.</summary>
    public async ValueTask<PooledBuffer> TakeAsync(long length, CancellationToken cancellationToken)
    {
        long price = Math.Min(length, most);
        TaskCompletionSource? place = null;
        lock (_gate)
        {
            if (_waiting.Count == 0 && _taken + price <= most)
            {
                _taken += price;
            }
            else
            {
                place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue((price, place));
            }
        }

        if (place is not null)
        {
            CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
                static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), place);
            await using (registration.ConfigureAwait(false))
            {
                try
                {
                    await place.Task.ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    GiveBack(0);
                    throw;
                }
            }
        }

        return new PooledBuffer(ArrayPool<byte>.Shared.Rent(checked((int)length)), () => GiveBack(price));
    }

    private void GiveBack(long price)
    {
        lock (_gate)
        {
            _taken -= price;
            while (_waiting.TryPeek(out (long Length, TaskCompletionSource Place) next)
                && (_taken + next.Length <= most || next.Place.Task.IsCompleted))
            {
                _waiting.Dequeue();
                if (next.Place.TrySetResult())
                {
                    _taken += next.Length;
                }
            }
        }
    }
}
