using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>What the walks through one region share.</summary>
internal sealed class RegionRun
{
    private ListAnswers? _lists;

    /// <summary>The service's name, for messages.</summary>
    public required string Service { get; init; }

    /// <summary>Where paths begin: the region; empty for what is the same in all.</summary>
    public required string Folder { get; init; }

    /// <summary>What variables stand for outside of all items.</summary>
    public required ItemScope Outside { get; init; }

    /// <summary>The service, in the region.</summary>
    public required AwsCalls Calls { get; init; }

    /// <summary>Whose keys are in use.</summary>
    public required AwsCaller Caller { get; init; }

    /// <summary>What is left out.</summary>
    public required ExcludeRules Exclude { get; init; }

    /// <summary>Where entries go.</summary>
    public required FoundEntries Found { get; init; }

    /// <summary>Where is counted how far the walk is.</summary>
    public required WalkCounts Counts { get; init; }

    /// <summary>The endpoint URL, or AWS, for messages.</summary>
    public required string Place { get; init; }

    /// <summary>The way to more than the service; null in tests that have none.</summary>
    public AwsAccess? Access { get; init; }

    /// <summary>The region's lists.</summary>
    public ListAnswers Lists => LazyInitializer.EnsureInitialized(ref _lists, () => new ListAnswers(Calls));

    /// <summary>What a failure means for what was asked about.</summary>
    /// <param name="e">What came.</param>
    /// <param name="unsupported">Further codes that mean that there is no such thing.</param>
    /// <param name="cancellationToken">Stops asking whether the keys are known.</param>
    /// <exception cref="Store.StoreException">It concerns the whole account.</exception>
    public async Task<CoverageState> StateOfAsync(
        AwsException e, IReadOnlyList<string> unsupported, CancellationToken cancellationToken)
    {
        if (WalkFailure.IsOfCredentials(e))
        {
            throw ServiceUnreachable.Of(e, Service, Place);
        }

        if (!WalkFailure.IsOfUnknownKeys(e))
        {
            return WalkFailure.StateOf(e, unsupported);
        }

        // A region that the account has not switched on knows none of its keys.
        return await Caller.IsKnownAsync(cancellationToken).ConfigureAwait(false)
            ? CoverageState.Unsupported
            : throw ServiceUnreachable.Of(e, Service, Place);
    }
}
