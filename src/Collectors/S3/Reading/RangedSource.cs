using System.Buffers;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>A large object by ranges, a few at once, given out in order.</summary>
/// <remarks>
/// Memory: <see cref="AtOnce"/> × <see cref="Part"/> bytes. The first range is taken from the answer to a request for
/// the
/// whole, since only that has all headers; it is broken off there.
/// </remarks>
internal sealed class RangedSource(ObjectVersion version) : ObjectSource
{
    /// <summary>Bytes of a range: 8 MiB.</summary>
    public const int Part = 8 * 1024 * 1024;

    /// <summary>Ranges that are fetched or wait to be given out: 4.</summary>
    public const int AtOnce = 4;

    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<Task<Piece>> _pieces = new();
    private AwsResponse? _headers;
    private long _asked;
    private Piece? _current;
    private int _given;

    /// <inheritdoc/>
    public override AwsResponse Headers => _headers!;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_current is { } piece && _given < piece.Length)
            {
                int count = Math.Min(buffer.Length, piece.Length - _given);
                piece.Buffer.AsSpan(_given, count).CopyTo(buffer.Span);
                _given += count;
                return count;
            }

            GiveBack();
            while (_pieces.Count < AtOnce && _asked < version.Listed.Size)
            {
                long from = _asked;
                _asked = Math.Min(version.Listed.Size, from + Part);
                _pieces.Enqueue(FetchAsync(from, _asked));
            }

            if (!_pieces.TryPeek(out Task<Piece>? next))
            {
                return 0;
            }

            // Still in the queue while it is waited for, so that it is not forgotten if the waiting is called off.
            _current = await next.WaitAsync(cancellationToken).ConfigureAwait(false);
            _ = _pieces.Dequeue();
            _headers ??= _current.Headers;
            _given = 0;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        GiveBack();
        while (_pieces.TryDequeue(out Task<Piece>? piece))
        {
            await ((Task)piece).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (piece.IsCompletedSuccessfully)
            {
                Return((await piece.ConfigureAwait(false)).Buffer);
            }
        }

        _stop.Dispose();
    }

    private async Task<Piece> FetchAsync(long from, long to)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Part);
        try
        {
            var bytes = new ObjectBytes(version, from, to, whole: from == 0);
            await using (bytes.ConfigureAwait(false))
            {
                int filled = 0;
                for (int count = -1; count != 0; filled += count)
                {
                    count = await bytes.ReadAsync(buffer.AsMemory(filled, (int)(to - from) - filled), _stop.Token)
                        .ConfigureAwait(false);
                }

                return new Piece(buffer, filled, bytes.First!);
            }
        }
        catch
        {
            Return(buffer);
            throw;
        }
    }

    private void GiveBack()
    {
        if (_current is { } done)
        {
            _current = null;
            Return(done.Buffer);
        }
    }

    private static void Return(byte[] buffer)
    {
        buffer.AsSpan().Clear();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private sealed record Piece(byte[] Buffer, int Length, AwsResponse Headers);
}
