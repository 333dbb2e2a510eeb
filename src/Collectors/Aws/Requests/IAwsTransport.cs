namespace JadaStore.Collectors.Aws.Requests;

/// <summary>Signs and sends requests to one service in one region, and tries again what may succeed.</summary>
/// <remarks>Thread-safe. The number of requests in flight is bounded over all transports that share an
/// access; each service and region has patience and a pace of its own.</remarks>
internal interface IAwsTransport
{
    /// <summary>Sends one request; returns once the headers are there.</summary>
    /// <exception cref="AwsException">It failed for good.</exception>
    Task<AwsResponse> SendAsync(AwsRequest request, CancellationToken cancellationToken);
}
