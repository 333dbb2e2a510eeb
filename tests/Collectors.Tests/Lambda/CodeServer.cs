using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace JadaStore.Collectors.Tests.Lambda;

/// <summary>A network that has files and knows ranges, and refuses whoever signs.</summary>
internal sealed class CodeServer : HttpMessageHandler
{
    private int _count;

    /// <summary>By their paths.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = [];

    /// <summary>What was asked: path, query and range.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>The answer instead of the usual one, by the number of the request; null: the usual one.</summary>
    public Func<int, HttpResponseMessage?> Instead { get; set; } = _ => null;

    /// <summary>After how many bytes the answer to a request breaks off, by its number; null: it does not.</summary>
    public Func<int, int?> BreaksAfter { get; set; } = _ => null;

    /// <summary>Whether ranges are answered.</summary>
    public bool KnowsRanges { get; set; } = true;

    /// <summary>Awaited before an answer.</summary>
    public Func<Task> OnRequest { get; set; } = () => Task.CompletedTask;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int number = Interlocked.Increment(ref _count) - 1;
        Requests.Enqueue($"{request.RequestUri!.PathAndQuery} {request.Headers.Range}".TrimEnd());
        await OnRequest();
        if (request.Headers.Contains("authorization") || request.Headers.Any(header => header.Key.StartsWith("x-amz",
            StringComparison.OrdinalIgnoreCase)))
        {
            return new HttpResponseMessage(HttpStatusCode.BadRequest);
        }

        if (Instead(number) is { } other)
        {
            return other;
        }

        if (!Files.TryGetValue(request.RequestUri.AbsolutePath, out byte[]? bytes))
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        }

        long from = KnowsRanges && request.Headers.Range is { } range ? range.Ranges.Single().From!.Value : 0;
        int length = bytes.Length - (int)from;
        var response = new HttpResponseMessage(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
        {
            Content = new StreamContent(new BreakingStream(bytes[(int)from..], BreaksAfter(number))),
        };
        response.Content.Headers.ContentLength = length;
        if (from > 0)
        {
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, bytes.Length - 1, bytes.Length);
        }

        return response;
    }

    private sealed class BreakingStream(byte[] bytes, int? breaksAfter) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int left = (breaksAfter ?? int.MaxValue) - (int)Position;
            return left > 0
                ? base.ReadAsync(buffer[..Math.Min(buffer.Length, left)], cancellationToken)
                : throw new IOException("the connection was reset");
        }
    }
}
