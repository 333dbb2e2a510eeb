using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Collectors.Aws.Services.Walk;
using JadaStore.Collectors.S3;
using JadaStore.Store;

namespace JadaStore.Collectors.Aws.Survey;

/// <summary>Looks at what an account has: who is asking, its buckets, and the first page of each list of resources in
/// each region, all side by side.</summary>
public static class AccountSurvey
{
    /// <summary>Takes one; what is denied or lacking is part of what it shows.</summary>
    /// <param name="access">The account.</param>
    /// <param name="regions">Where to look; null: wherever the account has switched on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StoreException">The account is out of reach.</exception>
    public static async Task<AccountView> TakeAsync(
        AwsAccess access, IReadOnlyList<string>? regions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(access);
        (string account, string arn) = await CallerAsync(access, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> where =
            regions ?? await AwsRegions.EnabledAsync(access, cancellationToken).ConfigureAwait(false);
        Task<(IReadOnlyList<string> Names, string? Problem)> buckets = BucketsAsync(access, cancellationToken);
        SurveyQuestion[] questions = [.. AwsServices.Names.SelectMany(one => Questions(access, one, where, account))];
        var seen = new SeenKind[questions.Length];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = AwsOptions.DefaultInFlight, CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(questions.Index(), parallel, async (one, token) =>
            seen[one.Index] = await one.Item.AskAsync(token).ConfigureAwait(false)).ConfigureAwait(false);
        (IReadOnlyList<string> names, string? problem) = await buckets.ConfigureAwait(false);
        return new AccountView(account, arn, where, names, problem, seen);
    }

    /// <summary>All that is asked of a service: each kind where a capture asks for it.</summary>
    internal static IEnumerable<SurveyQuestion> Questions(
        AwsAccess access, string service, IReadOnlyList<string> regions, string account)
    {
        ServiceRows rows = AwsServices.Of(service);
        AwsModel model = AwsModel.Of(service);
        IReadOnlyList<string> chosen = rows.IsGlobal ? [access.Region] : regions;
        foreach (string region in chosen.Union(rows.Kinds.SelectMany(kind => kind.RegionsOf(chosen))))
        {
            var calls = new AwsCalls(model, access.Transport(model, region));
            var scope = new ItemScope { Region = region, Account = account };
            foreach (ResourceKind kind in rows.Kinds.Where(
                kind => kind.List is not null && kind.RegionsOf(chosen).Contains(region)))
            {
                yield return new SurveyQuestion(model, calls, kind, scope, rows.IsGlobal);
            }
        }
    }

    private static async Task<(string Account, string Arn)> CallerAsync(
        AwsAccess access, CancellationToken cancellationToken)
    {
        try
        {
            return await access.Caller.IdentityAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException e)
        {
            throw ServiceUnreachable.Of(e, "the account", access.PlaceOf(AwsModel.Of("sts"), access.Region));
        }
    }

    private static async Task<(IReadOnlyList<string> Names, string? Problem)> BucketsAsync(
        AwsAccess access, CancellationToken cancellationToken)
    {
        try
        {
            return (await S3Account.BucketsAsync(access, cancellationToken).ConfigureAwait(false), null);
        }
        catch (StoreException e)
        {
            return ([], e.Message);
        }
    }
}
