using Amazon.Runtime;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3;
using JadaStore.Collectors.S3.Listing;
using JadaStore.Collectors.S3.Restore;
using JadaStore.Collectors.Tests.Servers;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Collectors.Tests.S3.Restore;

/// <summary>A server, a judge that talks to it, a repository, and the way from buckets into it and back.</summary>
internal sealed class RestoreGround : IAsyncDisposable
{
    private readonly List<AwsWire> _wires = [];

    private RestoreGround(S3Endpoint endpoint, S3Calls calls, TempRepository repository)
    {
        Endpoint = endpoint;
        Calls = calls;
        Repository = repository;
    }

    public S3Endpoint Endpoint { get; }

    public S3Calls Calls { get; }

    public TempRepository Repository { get; }

    public static async Task<RestoreGround> OnAsync(string server)
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(server);
        return new RestoreGround(endpoint, await S3Calls.ToAsync(endpoint), await TempRepository.MakeAsync());
    }

    public Task<Snapshot> SnapshotAsync(string bucket) =>
        Repository.SnapshotAsync(
            new S3Bucket(new ObjectWalk(
                Transport(Endpoint), Endpoint.UrlText, 16, new S3BucketOptions { Bucket = bucket }, versions: false)));

    /// <summary>Restores to a bucket, through a proxy if there is one.</summary>
    public async Task<RestoreReport> RestoreAsync(
        RestoreRequest request, string bucket, string prefix = "", FaultProxy? proxy = null,
        CancellationToken cancellationToken = default)
    {
        S3Endpoint endpoint = proxy is null ? Endpoint : Endpoint.Through(proxy);
        var options = new S3TargetOptions
        {
            Bucket = bucket, Prefix = prefix, CompareHeaders = request.Overwrite == Overwrite.Changed,
        };
        await using var target = new S3Target(Transport(endpoint), endpoint.UrlText, 16, options, TimeProvider.System);
        return await Repository.Store.RestoreAsync(
            request with { WithoutRoot = true }, target, null, cancellationToken);
    }

    public IAwsTransport Transport(S3Endpoint endpoint)
    {
        var credentials = new ImmutableCredentials(endpoint.AccessKey, endpoint.SecretKey, null);
        var wire = new AwsWire(() => new(credentials), new InFlight(16, 16), TimeProvider.System)
        {
            Backoff = TimeSpan.FromMilliseconds(1), Attempts = 12,
        };
        _wires.Add(wire);
        return new AwsTransport(new AwsEndpoint(AwsService.S3, endpoint.Url, true), wire, endpoint.Region);
    }

    public async ValueTask DisposeAsync()
    {
        await Repository.DisposeAsync();
        await Calls.DisposeAsync();
        _wires.ForEach(wire => wire.Dispose());
    }
}
