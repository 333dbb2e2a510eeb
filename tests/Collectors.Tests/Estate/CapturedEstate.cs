using System.Text;
using Amazon.Runtime;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Collectors.Tests.Aws.Judge;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Estate;

/// <summary>The account of moto, captured twice into a repository: two snapshots of all services.</summary>
public sealed class CapturedEstate : IAsyncLifetime
{
    private const int AtOnce = 16;

    private static readonly ImmutableCredentials Keys = new("test", "test", null);

    private readonly Dictionary<string, Verdict> _verdicts = [];
    private readonly EstateJudge? _judge = AwsJudge.IsHere ? new() : null;
    private TempRepository? _temp;

    internal EstateJudge Judge => _judge!;

    internal Snapshot First { get; private set; } = null!;

    internal Snapshot Second { get; private set; } = null!;

    /// <summary>What the first snapshot has of each service.</summary>
    internal IReadOnlyDictionary<string, CapturedTree> Trees { get; private set; } = null!;

    /// <summary>What the judge says of that; asked once.</summary>
    internal Verdict VerdictOf(string service) => _verdicts.TryGetValue(service, out Verdict? verdict)
        ? verdict : _verdicts[service] = Judge.Judge("judge", service, Trees[service]);

    public async Task InitializeAsync()
    {
        if (_judge is null)
        {
            return;
        }

        _temp = await TempRepository.MakeAsync();
        using var wire = new AwsWire(() => new(Keys), new InFlight(AtOnce, AtOnce), TimeProvider.System)
        {
            Attempts = 1,
        };
        using AwsAccess access = Access(Judge.Endpoint);
        First = await _temp.SnapshotAsync([.. AwsServices.Names.Select(service => Source(service, wire, access))]);
        Second = await _temp.SnapshotAsync([.. AwsServices.Names.Select(service => Source(service, wire, access))]);
        Trees = await ReadAsync();
    }

    public async Task DisposeAsync()
    {
        _judge?.Dispose();
        if (_temp is not null)
        {
            await _temp.DisposeAsync();
        }
    }

    /// <summary>What content is fetched through.</summary>
    internal static AwsAccess Access(string endpoint) =>
        new(new AwsOptions { EndpointUrl = endpoint, Region = "us-east-1" }, TimeProvider.System, Keys);

    private AwsServiceSource Source(string service, AwsWire wire, AwsAccess access)
    {
        AwsModel model = AwsModel.Of(service);
        return new AwsServiceSource(
            AwsServices.Of(service), new AwsServiceOptions { Regions = ["us-east-1", "eu-west-1"] },
            region => Calls(model, region, wire), new AwsCaller(Calls(AwsModel.Of("sts"), "us-east-1", wire)),
            access: access);
    }

    // Each question once: moto says 500 to whatever it does not know.
    private AwsCalls Calls(AwsModel model, string region, AwsWire wire)
    {
        var endpoint = new AwsEndpoint(AwsService.Of(model), new Uri(Judge.Endpoint), pathStyle: true, default);
        return new AwsCalls(model, new AwsTransport(endpoint, wire, region));
    }

    private async Task<IReadOnlyDictionary<string, CapturedTree>> ReadAsync()
    {
        var trees = AwsServices.Names.ToDictionary(name => name, _ => new CapturedTree([], []));
        await foreach (Found found in _temp!.Store.EntriesAsync(First, "", default))
        {
            string[] path = Encoding.UTF8.GetString(found.Path.Span).Split('/', 2);
            CapturedTree tree = trees[path[0]];
            if (found.Entry!.Problem is not null)
            {
                tree.Faults.Add(path[1]);
            }
            else if (found.Entry.Kind == EntryKind.File)
            {
                using var bytes = new MemoryStream();
                await _temp.Store.CopyContentAsync(found.Entry, bytes, default);
                tree.Files.Add(path[1], bytes.ToArray());
            }
        }

        return trees;
    }
}
