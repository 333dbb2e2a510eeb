using System.Collections.Concurrent;
using System.Globalization;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Downloads;

/// <summary>Fetches what services give out a URL of, over the connections and by the rules of all requests.</summary>
/// <remarks>Thread-safe. Nothing is signed: the URL itself says that it may be fetched.</remarks>
/// <param name="wire">Shared.</param>
/// <param name="standIn">See <see cref="GivenUrl"/>.</param>
internal sealed class PresignedDownloads(AwsWire wire, Uri? standIn)
{
    // Storage, with a pace of its own: that of buckets is another's.
    private static readonly AwsService Unsigned =
        AwsService.S3 with { EndpointPrefix = "presigned", IsUnsigned = true };

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, IAwsTransport> _transports = new(StringComparer.Ordinal);

    /// <summary>Asks for the bytes from <paramref name="from"/> on.</summary>
    /// <param name="what">What is fetched, for messages: <c>the code of booking-webhook</c>.</param>
    /// <param name="url">As a service gave it.</param>
    /// <param name="from">The first byte.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The answer, whose body begins with that byte whatever the server made of the range.</returns>
    /// <exception cref="AwsException">It was refused, or there is no such place.</exception>
    /// <exception cref="IOException">The answer is to another range, or broke off before its first byte.</exception>
    public async Task<AwsResponse> GetAsync(string what, string url, long from, CancellationToken cancellationToken)
    {
        Uri place = GivenUrl.Read(url, standIn)
            ?? throw new AwsException(what, 0, "", $"{what}: the service names no place that it can be fetched from");
        IAwsTransport transport = _transports.GetOrAdd(
            place.GetLeftPart(UriPartial.Authority),
            root => new AwsTransport(new AwsEndpoint(Unsigned, new Uri(root), pathStyle: true), wire, "us-east-1"));
        var request = new AwsRequest
        {
            Operation = what,
            Method = "GET",
            Path = place.PathAndQuery,
            Headers = from > 0 ? [new("range", FormattableString.Invariant($"bytes={from}-"))] : [],
        };
        AwsResponse response = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            if (response.Status == 206 ? !BeginsAt(response, from) : response.Status != 200)
            {
                throw new IOException($"bytes from {from} on were asked for, and others came");
            }

            await response.SkipAsync(response.Status == 200 ? from : 0, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            await response.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits before what broke off is asked for again.</summary>
    /// <param name="attempt">How often it was asked for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(RetryWait.After(attempt, wire.Backoff, LongestWait), wire.Time, cancellationToken);

    private static bool BeginsAt(AwsResponse response, long from)
    {
        string range = response.Header("content-range") ?? "";
        return range.StartsWith(string.Create(CultureInfo.InvariantCulture, $"bytes {from}-"),
            StringComparison.Ordinal);
    }
}
