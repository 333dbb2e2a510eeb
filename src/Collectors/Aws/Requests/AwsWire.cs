using System.Net;
using System.Text;
using Amazon.Runtime;

namespace JadaStore.Collectors.Aws.Requests;

/// <summary>What all transports of one access share: connections, places, credentials, the clock.</summary>
internal sealed class AwsWire : IDisposable
{
    private readonly Func<ValueTask<ImmutableCredentials>> _credentials;
    private long _skewTicks;

    /// <param name="credentials">Asked for every request; keeps what it found as long as it is good.</param>
    /// <param name="inFlight">How many requests may run at once, and in which lanes.</param>
    /// <param name="time">The clock, for signatures and waits.</param>
    /// <param name="handler">Instead of the network, for tests.</param>
    public AwsWire(
        Func<ValueTask<ImmutableCredentials>> credentials, InFlight inFlight, TimeProvider time,
            HttpMessageHandler? handler = null)
    {
        _credentials = credentials;
        InFlight = inFlight;
        Time = time;
        Http = new HttpMessageInvoker(handler ?? Sockets(inFlight.Most));
    }

    /// <summary>The connections.</summary>
    public HttpMessageInvoker Http { get; }

    /// <summary>The places, and the lanes that lead to them.</summary>
    public InFlight InFlight { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Whether nothing is signed, and credentials are never asked for.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>How long making a connection may take: 10 s.</summary>
    public static TimeSpan ConnectLimit { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request may stand still, from its start to the headers and from read to read: 30
    /// s.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request is sent at most.</summary>
    public int Attempts { get; init; } = 8;

    /// <summary>The first wait is at most this long; each next one twice as long.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The time as the service sees it.</summary>
    public DateTimeOffset ServiceTime => Time.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _skewTicks));

    /// <summary>Takes the service's word for what time it is.</summary>
    public void SetServiceTime(DateTimeOffset now) => Volatile.Write(ref _skewTicks, (now - Time.GetUtcNow()).Ticks);

    /// <summary>The credentials.</summary>
    /// <exception cref="AwsException">There are none.</exception>
    public async ValueTask<ImmutableCredentials> CredentialsAsync(string operation)
    {
        try
        {
            return await _credentials().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a provider throws, its own time-out among it: no token of ours goes in.
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw new AwsException(operation, 0, AwsException.NoCredentials, OneLine(e.Message), e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();

    /// <summary>A message of somebody else's, as part of one line.</summary>
    public static string OneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static SocketsHttpHandler Sockets(int most) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        MaxConnectionsPerServer = most,
        ConnectTimeout = ConnectLimit,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ActivityHeadersPropagator = null,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
    };
}
