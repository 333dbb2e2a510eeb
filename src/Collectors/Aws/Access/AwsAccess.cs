using Amazon.Runtime;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Access;

/// <summary>The way into one account: credentials, connections, and the bound on requests in flight that all
/// share.</summary>
/// <remarks>Thread-safe. Nothing is asked for until the first request is sent.</remarks>
public sealed class AwsAccess : IDisposable
{
    private readonly AwsOptions _options;
    private readonly AwsSettings _settings;
    private readonly AwsWire _wire;

    /// <param name="options">How to reach it.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="Store.StoreException">The endpoint URL is none.</exception>
    public AwsAccess(AwsOptions options, TimeProvider? time = null)
        : this(options, time ?? TimeProvider.System, null)
    {
    }

    /// <param name="options">How to reach it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="keys">Instead of what the chain finds.</param>
    internal AwsAccess(AwsOptions options, TimeProvider time, ImmutableCredentials? keys)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _settings = new AwsSettings(options);
        var chain = new AwsCredentialChain(options.Profile, _settings.Region);
        _wire = new AwsWire(() => keys is null ? chain.GetAsync() : new(keys), options.InFlight, time)
        {
            Attempts = _settings.Attempts,
        };
        S3 = Transport(AwsService.S3);
    }

    /// <summary>What it was made from.</summary>
    public AwsOptions Options => _options;

    /// <summary>Object storage, in whatever region a bucket lies.</summary>
    internal IAwsTransport S3 { get; }

    /// <summary>The region that is asked where none is named.</summary>
    internal string Region => _settings.Region;

    /// <summary>Where S3 is, for messages: the endpoint URL, or AWS.</summary>
    internal string S3Place => _settings.EndpointOf(AwsService.S3)?.ToString().TrimEnd('/') ?? $"AWS ({Region})";

    /// <summary>A transport to any service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="region">Null: the region of this access.</param>
    internal IAwsTransport Transport(AwsService service, string? region = null)
    {
        Uri? url = _settings.EndpointOf(service);
        return new AwsTransport(new AwsEndpoint(service, url, _options.PathStyle ?? url is not null), _wire,
            region ?? Region);
    }

    /// <inheritdoc/>
    public void Dispose() => _wire.Dispose();
}
