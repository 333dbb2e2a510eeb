using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace JadaStore.Collectors.Tests.Servers;

/// <summary>
/// An HTTP/1.1 proxy in front of one real S3 server that does what a plan says to the requests, and counts them.
/// </summary>
/// <remarks>
/// Connections are kept alive on the client's side always, on the server's as long as the server does. Bodies are
/// streamed: 64 KiB a connection is held. The <c>Host</c> header passes unchanged, so signatures stay good.
/// </remarks>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private readonly ConcurrentQueue<ProxiedRequest> _requests = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly FaultPlan _plan;
    private readonly Task _accepting;
    private int _accepted;
    private int _inFlight;
    private int _mostInFlight;

    private FaultProxy(Uri server, FaultPlan plan)
    {
        Server = new DnsEndPoint(server.Host, server.Port);
        _plan = plan;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>What clients are to be told instead of the server's.</summary>
    public Uri Url { get; }

    /// <summary>Every request that came so far, in the order of coming, with what was made of it.</summary>
    public IReadOnlyList<ProxiedRequest> Requests => [.. _requests];

    /// <summary>How often each operation came.</summary>
    public IReadOnlyDictionary<string, int> Counts =>
        _requests.CountBy(request => request.Operation).ToDictionary(StringComparer.Ordinal);

    /// <summary>How many requests met a fault.</summary>
    public int Faults => _requests.Count(request => request.Fault != Fault.None);

    /// <summary>How many connections clients made.</summary>
    public int Connections => _accepted;

    /// <summary>The most requests that were under way at one time.</summary>
    public int MostInFlight => _mostInFlight;

    internal EndPoint Server { get; }

    /// <summary>Starts at once, on a free port of 127.0.0.1.</summary>
    public static FaultProxy Before(S3Endpoint server, FaultPlan plan) => new(server.Url, plan);

    /// <summary>Forgets the requests counted so far, but not how often each has come.</summary>
    public void ResetCounts() => _requests.Clear();

    /// <summary>Ends every connection, those that stall too.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _stop.Dispose();
    }

    /// <summary>Counts a request and chooses its fault.</summary>
    internal ProxiedRequest Begin(string method, string target, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var request = new ProxiedRequest(method, target, headers, Attempt: 1);
        request = request with { Attempt = _attempts.AddOrUpdate(request.Identity, 1, (_, before) => before + 1) };
        request = request with { Fault = _plan.Choose(request) };
        _requests.Enqueue(request);
        int now = Interlocked.Increment(ref _inFlight);
        for (int most = _mostInFlight; now > most; most = _mostInFlight)
        {
            Interlocked.CompareExchange(ref _mostInFlight, now, most);
        }

        return request;
    }

    internal void End() => Interlocked.Decrement(ref _inFlight);

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            Interlocked.Increment(ref _accepted);
            client.NoDelay = true;
            Task serving = ServeAsync(client);
            _connections[serving] = true;
            _ = serving.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var connection = new ProxyConnection(this, client);
        await connection.RunAsync(_stop.Token);
    }
}
