using System.Globalization;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>A run of an object's bytes, read through whatever breaks: it goes on where the connection ended.</summary>
/// <remarks>While it is open it holds a place among the requests in flight.</remarks>
/// <param name="version">The object.</param>
/// <param name="from">The first byte.</param>
/// <param name="to">Behind the last.</param>
/// <param name="whole">Whether the first request asks for the whole object, whose answer tells more than that to a
/// range.</param>
internal sealed class ObjectBytes(ObjectVersion version, long from, long to, bool whole) : IAsyncDisposable
{
    private const int Tries = 8;

    private AwsResponse? _response;
    private long _done;
    private int _broken;

    /// <summary>The headers of the first answer; null until something was read.</summary>
    public AwsResponse? First { get; private set; }

    /// <summary>The next bytes; 0 at the end of the run, and only there.</summary>
    /// <exception cref="IOException">It broke too often, or the object is no longer what was listed.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (_response is null && (First is null || At < to))
                {
                    await OpenAsync(cancellationToken).ConfigureAwait(false);
                }

                int most = (int)Math.Min(buffer.Length, to - At);
                if (most == 0)
                {
                    await EndAsync(cancellationToken).ConfigureAwait(false);
                    return 0;
                }

                int count = await _response!.Body.ReadAsync(buffer[..most], cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    throw new IOException($"it ended after {At} of {to} bytes");
                }

                _done += count;
                return count;
            }
            catch (IOException e) when (e is not AwsException && ++_broken < Tries)
            {
                await DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_response is { } open)
        {
            _response = null;
            await open.DisposeAsync().ConfigureAwait(false);
        }
    }

    private long At => from + _done;

    private async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        bool ranged = !whole || _done > 0;
        long first = ranged ? At : 0;
        long? end = ranged ? to : null;
        _response = await version.GetAsync(first, end, cancellationToken).ConfigureAwait(false);
        long start = ranged && _response.Status == 206
            ? CheckRange(_response.Header("content-range")) : CheckLength(_response);
        await _response.SkipAsync(At - start, cancellationToken).ConfigureAwait(false);
        First ??= _response;
    }

    // Read to its very end, a connection can serve again; what else comes was not announced and is nobody's.
    private async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_response is { } open && !(whole && to < version.Listed.Size))
        {
            try
            {
                await open.Body.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // All that was announced is here.
            }
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    private long CheckRange(string? range)
    {
        ReadOnlySpan<char> text = range;
        int dash = text.IndexOf('-'), slash = text.IndexOf('/');
        bool good = text.StartsWith("bytes ") && dash > 6 && slash > dash
            && long.TryParse(text[6..dash], NumberStyles.None, CultureInfo.InvariantCulture, out long start)
                && start == At
            && (text[(slash + 1)..] is "*"
                || (long.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture,
                    out long size) && size == version.Listed.Size));
        return good ? At : throw new IOException($"bytes {At} to {to} were asked for, and the answer is '{range}'");
    }

    private long CheckLength(AwsResponse response)
    {
        string? length = response.Header("content-length");
        return length is null
            || (long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                && size == version.Listed.Size)
            ? 0
            : throw new IOException($"it has {length} bytes where {version.Listed.Size} were listed");
    }
}
