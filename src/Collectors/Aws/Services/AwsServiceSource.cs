using System.Runtime.CompilerServices;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Collectors.Aws.Services.Walk;
using JadaStore.Collectors.Lightsail;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Services;

/// <summary>All resources of one AWS service that it has rows for, as documents; docs/aws.md says where they
/// lie.</summary>
/// <remarks>
/// Regions and kinds are walked side by side; the access bounds the requests. All documents are held in memory until
/// the
/// walk ends, kilobytes a resource, and then come in path order; content, such as a function's code, is read when it is
/// wanted. A document, a kind or a region that cannot be read is a fault of its own.
/// </remarks>
public sealed class AwsServiceSource : ICollector
{
    // More would only wait: requests are bounded by the access.
    private const int KindsAtOnce = 64;

    private readonly ServiceRows _rows;
    private readonly AwsServiceOptions _options;
    private readonly AwsAccess? _access;
    private readonly Func<string, AwsCalls> _callsIn;
    private readonly AwsCaller _caller;
    private readonly ExcludeRules _exclude;
    private readonly IReadOnlyList<string> _regions;
    private readonly string _place;
    private WalkCounts _counts;

    /// <param name="access">The way there.</param>
    /// <param name="service">One of <see cref="AwsServices.Names"/>.</param>
    /// <param name="options">What of it.</param>
    /// <exception cref="ArgumentException">There are no rows of it, or a glob is malformed.</exception>
    public AwsServiceSource(AwsAccess access, string service, AwsServiceOptions options)
        : this(
            AwsServices.Of(service), options, CallsIn(access, service), access.Caller, access.Region,
            access.PlaceOf(AwsModel.Of(service), access.Region), access)
    {
    }

    /// <param name="rows">The service's.</param>
    /// <param name="options">What of it.</param>
    /// <param name="callsIn">The service in a region.</param>
    /// <param name="caller">Whose keys are in use.</param>
    /// <param name="region">What is asked where the service is the same in all regions.</param>
    /// <param name="place">The endpoint URL, or AWS, for messages.</param>
    /// <param name="access">For content; null where there is none.</param>
    internal AwsServiceSource(
        ServiceRows rows, AwsServiceOptions options, Func<string, AwsCalls> callsIn, AwsCaller caller,
        string region = "us-east-1", string place = "AWS", AwsAccess? access = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _rows = rows;
        _options = options;
        _callsIn = callsIn;
        _caller = caller;
        _access = access;
        _exclude = new ExcludeRules(rows.Service, options.Exclude);
        _regions = rows.IsGlobal ? [region] : [.. options.Regions.Distinct(StringComparer.Ordinal)];
        _place = place;
        _counts = new WalkCounts(rows.Kinds[0].Name);
    }

    /// <inheritdoc/>
    public string Root => string.IsNullOrEmpty(_options.Prefix) ? _rows.Service : $"{_options.Prefix}/{_rows.Service}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Excluded => _options.Exclude;

    /// <inheritdoc/>
    public int ReadsAtOnce => 8;

    /// <inheritdoc/>
    public IReadOnlyList<CoverageLine> Coverage { get; private set; } = [];

    /// <inheritdoc/>
    public SourceItems? Items => _counts.Items;

    /// <inheritdoc/>
    public string? Account { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="Store.StoreException">The account is out of reach: no keys, wrong ones, no network.</exception>
    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = new FoundEntries();
        await WalkAsync(found, cancellationToken).ConfigureAwait(false);
        foreach (SourceEntry entry in found.Sorted)
        {
            yield return entry;
        }
    }

    private async Task WalkAsync(FoundEntries found, CancellationToken cancellationToken)
    {
        _counts = new WalkCounts(_rows.Kinds[0].Name);
        string account = await AccountAsync(cancellationToken).ConfigureAwait(false);
        var regions = new Dictionary<string, IReadOnlyList<KindTally>>(StringComparer.Ordinal);
        var walks = new List<PlannedWalk>();

        void Plan(string region, string folder, Func<ResourceKind, bool> chooses)
        {
            RegionRun run = RunOf(region, folder, account, found);
            int known = walks.Count;
            walks.AddRange(_rows.Kinds.Where(chooses)
                .Select(kind => new PlannedWalk(run, kind)
                {
                    Elsewhere = !kind.IsOnce ? [] : ResourceKind.InTurn(_regions).Where(other => other != region)
                        .Select(other => RunOf(other, folder, account, found)),
                })
                .Where(walk => !_exclude.Excludes(walk.Tally.Folder)));
            regions[folder] =
                [.. regions.GetValueOrDefault(folder, []), .. walks.Skip(known).Select(walk => walk.Tally)];
        }

        foreach (string region in _regions)
        {
            Plan(region, _rows.IsGlobal ? "" : region, kind => !kind.LiesInNoRegion);
        }

        // What belongs to no region lies beside them, wherever it is asked for. Else a snapshot of others would have
        // something of that region, and seem to have looked at it.
        foreach (string region in _rows.Kinds.Where(kind => kind.LiesInNoRegion)
            .SelectMany(kind => kind.RegionsOf(_regions)).Distinct(StringComparer.Ordinal))
        {
            Plan(region, "", kind => kind.LiesInNoRegion && kind.RegionsOf(_regions).Contains(region));
        }

        if (_rows.Service == "lightsail" && _options.InstanceSnapshots is { } time)
        {
            await Task.WhenAll(walks.Select(walk => walk.Run).Distinct().Where(run => _regions.Contains(run.Folder))
                .Select(run => MakeSnapshotsAsync(run, time, cancellationToken))).ConfigureAwait(false);
        }

        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = KindsAtOnce,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(walks, parallel, async (walk, token) =>
            await walk.RunAsync(token).ConfigureAwait(false)).ConfigureAwait(false);
        if (walks.Count > 0 && walks.TrueForAll(walk => walk.Tally.Unanswered is not null))
        {
            throw ServiceUnreachable.Of(walks[0].Tally.Unanswered!, _rows.Service, _place);
        }

        ServiceLedger.AddFaults(_rows, regions, found);
        Coverage = ServiceLedger.Lines(_rows, regions);
    }

    private static async Task MakeSnapshotsAsync(
        RegionRun run, DateTimeOffset time, CancellationToken cancellationToken)
    {
        foreach ((string instance, string reason) in
            await InstanceSnapshots.AskAsync(run.Calls, time, cancellationToken).ConfigureAwait(false))
        {
            run.Found.AddFault(PathText.Join(run.Folder, $"instance-snapshots/jstore-{instance}.json"), reason);
        }
    }

    private RegionRun RunOf(string region, string folder, string account, FoundEntries found) => new()
    {
        Service = _rows.Service,
        Folder = folder,
        Outside = new ItemScope { Region = region, Account = account },
        Calls = _callsIn(region),
        Caller = _caller,
        Exclude = _exclude,
        Found = found,
        Counts = _counts,
        Place = _place,
        Access = _access,
    };

    private async Task<string> AccountAsync(CancellationToken cancellationToken)
    {
        try
        {
            Account = await _caller.AccountAsync(cancellationToken).ConfigureAwait(false);
            return Account;
        }
        catch (AwsException) when (!_rows.NeedsAccount)
        {
            // A server without this service, or one that is out of reach: then the walk says so.
            return "";
        }
        catch (AwsException e)
        {
            throw ServiceUnreachable.Of(e, _rows.Service, _place);
        }
    }

    private static Func<string, AwsCalls> CallsIn(AwsAccess access, string service)
    {
        ArgumentNullException.ThrowIfNull(access);
        AwsModel model = AwsModel.Of(service);
        return region => new AwsCalls(model, access.Transport(model, region));
    }
}
