using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store;

namespace JadaStore.Collectors.S3;

/// <summary>The buckets of an account.</summary>
public static class S3Account
{
    /// <summary>Their names, in the account's order, over all pages.</summary>
    /// <exception cref="StoreException">They cannot be listed.</exception>
    public static async Task<IReadOnlyList<string>> BucketsAsync(AwsAccess access, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(access);
        try
        {
            var calls = new AwsCalls(AwsModel.S3, access.S3);
            JsonObject answer = await calls.CallAllAsync("ListBuckets", [], cancellationToken).ConfigureAwait(false);
            IEnumerable<JsonObject> buckets = (answer["Buckets"] as JsonArray ?? []).OfType<JsonObject>();
            return [.. buckets.Select(bucket => bucket["Name"]?.ToString()).OfType<string>()];
        }
        catch (AwsException e)
            when (e.Status is 401 or 403 && e.Code.StartsWith("AccessDenied", StringComparison.Ordinal))
        {
            throw new StoreException(
                StoreFault.SourceUnreachable, $"Listing the buckets of the account at {access.S3Place} is denied.",
                "Name them one by one, or allow s3:ListAllMyBuckets.", e);
        }
        catch (IOException e)
        {
            throw Unreachable.Of(e, "*", access.S3Place);
        }
    }
}
