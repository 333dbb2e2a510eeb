using Amazon.Runtime;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Downloads;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Lambda;

namespace JadaStore.Collectors.Aws.Access;

/// <summary>The way into one account: credentials, connections, and the bound on requests in flight that all
/// share.</summary>
/// <remarks>Thread-safe. Nothing is asked for until the first request is sent.</remarks>
public sealed class AwsAccess : IDisposable
{
    private readonly AwsOptions _options;
    private readonly AwsSettings _settings;
    private readonly AwsWire _wire;
    private readonly Lazy<AwsCaller> _caller;
    private readonly Lazy<HeldZips> _zips;

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
        var places = new InFlight(options.InFlight, options.InLane);
        _wire = new AwsWire(() => keys is null ? chain.GetAsync() : new(keys), places, time)
        {
            Attempts = _settings.Attempts,
            IsAnonymous = options.NoSignRequest,
        };
        S3 = Transport(AwsService.S3, Region);
        _caller = new Lazy<AwsCaller>(NewCaller);
        _zips = new Lazy<HeldZips>(NewZips);
    }

    /// <summary>What it was made from.</summary>
    public AwsOptions Options => _options;

    /// <summary>Object storage, in whatever region a bucket lies.</summary>
    internal IAwsTransport S3 { get; }

    /// <summary>Whose keys are in use; asked for once, for everything that is reached this way.</summary>
    internal AwsCaller Caller => _caller.Value;

    /// <summary>Zip files that are fetched; gone with this.</summary>
    internal HeldZips Zips => _zips.Value;

    /// <summary>The region that is asked where none is named.</summary>
    internal string Region => _settings.Region;

    /// <summary>Where S3 is, for messages: the endpoint URL, or AWS.</summary>
    internal string S3Place => _settings.EndpointOf(AwsService.S3)?.ToString().TrimEnd('/') ?? $"AWS ({Region})";

    /// <summary>A transport to a service in a region; made once for many calls.</summary>
    /// <param name="model">The service.</param>
    /// <param name="region">Of a service that has one host for all: any of its partition.</param>
    /// <exception cref="Store.StoreException">The endpoint URL is none, or the region.</exception>
    internal IAwsTransport Transport(AwsModel model, string region) =>
        Transport(AwsService.Of(model), AwsSettings.Checked(region));

    /// <summary>Where a service is, for messages: the endpoint URL, or AWS.</summary>
    internal string PlaceOf(AwsModel model, string region) =>
        _settings.EndpointOf(AwsService.Of(model))?.ToString().TrimEnd('/') ?? $"AWS ({region})";

    private AwsTransport Transport(AwsService service, string region)
    {
        Uri? url = _settings.EndpointOf(service);
        var endpoint = new AwsEndpoint(service, url, _options.PathStyle ?? url is not null, _settings.Variants);
        return new AwsTransport(endpoint, _wire, region);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_zips.IsValueCreated)
        {
            _zips.Value.Dispose();
        }

        _wire.Dispose();
    }

    private AwsCaller NewCaller()
    {
        AwsModel sts = AwsModel.Of("sts");
        return new AwsCaller(new AwsCalls(sts, Transport(sts, Region)));
    }

    // A server that stands in for Lambda may name hosts of AWS all the same; what they have, the one for S3 has.
    private HeldZips NewZips()
    {
        Uri? standIn = _settings.EndpointOf(AwsService.Lambda) is { } lambda
            ? _settings.EndpointOf(AwsService.S3) ?? lambda : null;
        return new HeldZips(new PresignedDownloads(_wire, standIn));
    }
}
