using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store;

namespace JadaStore.Collectors.Aws.Access;

/// <summary>The regions of an account.</summary>
public static class AwsRegions
{
    /// <summary>Those that are switched on, sorted; asked of EC2.</summary>
    /// <remarks>A stand-in for AWS that knows no EC2 has those that every account has from its start. A denial is no
    /// answer: regions that were switched on would be left out without a word.</remarks>
    /// <exception cref="StoreException">They cannot be asked for.</exception>
    public static async Task<IReadOnlyList<string>> EnabledAsync(AwsAccess access, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(access);
        AwsModel ec2 = AwsModel.Of("ec2");
        try
        {
            var calls = new AwsCalls(ec2, access.Transport(ec2, access.Region));
            JsonObject answer = await calls.CallAsync("DescribeRegions", [], cancellationToken).ConfigureAwait(false);
            IEnumerable<string?> names = (answer["Regions"] as JsonArray ?? []).OfType<JsonObject>()
                .Where(region => region["OptInStatus"]?.ToString() != "not-opted-in")
                .Select(region => region["RegionName"]?.ToString());
            return [.. names.OfType<string>().Where(AwsErrorReader.IsRegion).Distinct().Order(StringComparer.Ordinal)];
        }
        catch (AwsException e) when (e.Status is 404 or 501)
        {
            return [.. AwsHosts.Table.PartitionOf(access.Region).FromStart.Order(StringComparer.Ordinal)];
        }
        catch (AwsException e)
        {
            throw new StoreException(
                StoreFault.SourceUnreachable,
                $"The account's regions cannot be asked for at {access.PlaceOf(ec2, access.Region)}: {e.Message}",
                "Name the regions, or allow ec2:DescribeRegions.", e);
        }
    }

    /// <summary>Whether a service is known to be in a region; what is not known may be there too.</summary>
    internal static bool Has(string service, string region) => AwsHosts.Table.Has(service, region);
}
