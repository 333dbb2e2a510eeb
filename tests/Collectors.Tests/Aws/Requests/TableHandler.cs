using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace JadaStore.Collectors.Tests.Aws.Requests;

/// <summary>A network that answers by a function of the request and of how many came before.</summary>
internal sealed class TableHandler(Func<HttpRequestMessage, int, HttpResponseMessage> answer) : HttpMessageHandler
{
    private int _count;

    /// <summary>Every URL that was asked for, with the method.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>The signatures that came with them.</summary>
    public ConcurrentQueue<string> Signatures { get; } = [];

    public static HttpResponseMessage Is(int status, string body = "", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content =
            new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        foreach ((string name, string value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        int before = Interlocked.Increment(ref _count) - 1;
        Requests.Enqueue($"{request.Method} {request.RequestUri}");
        Signatures.Enqueue(request.Headers.GetValues("authorization").Single());
        HttpResponseMessage response = answer(request, before);
        if (response.StatusCode == HttpStatusCode.Continue)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return response;
    }
}
