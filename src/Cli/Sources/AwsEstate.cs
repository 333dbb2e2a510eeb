using JadaStore.Cli.Repositories;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Sources;

/// <summary>Makes the collectors of a table of type <c>aws</c>: one for each service.</summary>
/// <param name="table">The table.</param>
/// <param name="accesses">The ways into accounts.</param>
/// <param name="instanceSnapshots">See <see cref="AwsServiceOptions.InstanceSnapshots"/>.</param>
internal sealed class AwsEstate(AwsSourceTable table, AwsAccesses accesses, DateTimeOffset? instanceSnapshots)
{
    /// <summary>The services that are chosen, sorted.</summary>
    public static IReadOnlyList<string> ServicesOf(AwsSourceTable table) => [.. NameGlob
        .Choose(table.Services, table.ExcludeServices, AwsServices.Names).Where(AwsServices.Names.Contains)];

    /// <summary>Opens them; where globs choose regions the account is asked for those that it has enabled. Where it
    /// does not say, its services fail each in its turn, and stop no other source.</summary>
    /// <exception cref="StoreException">The table chooses no service or no region.</exception>
    public async Task<IReadOnlyList<ChosenSource>> OpenAsync(CancellationToken cancellationToken)
    {
        AwsAccess access = accesses.Of(table.Access);
        IReadOnlyList<string> services = ServicesOf(table);
        if (services.Count == 0)
        {
            throw new StoreException(
                StoreFault.NotFound, $"The source {table.Name} of {ConfigFile.Name} chooses no service.");
        }

        try
        {
            IReadOnlyList<string> regions = services.All(AwsServices.IsGlobal) ? []
                : await RegionsAsync(access, cancellationToken).ConfigureAwait(false);
            return [.. services.Select(service => Service(access, service, regions))];
        }
        catch (StoreException e) when (e.Fault is StoreFault.SourceUnreachable)
        {
            return [.. services.Select(service => AwsServices.IsGlobal(service)
                ? Service(access, service, [])
                : Of(service, [], new UnreachableSource(RootOf(service), e)))];
        }
    }

    private async Task<IReadOnlyList<string>> RegionsAsync(AwsAccess access, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> enabled = table.Regions.Any(NameGlob.IsGlob)
            ? await AwsRegions.EnabledAsync(access, cancellationToken).ConfigureAwait(false)
            : [];
        IReadOnlyList<string> chosen = NameGlob.Choose(table.Regions, [], enabled);
        return chosen.Count > 0 ? chosen : throw new StoreException(
            StoreFault.NotFound,
            $"The source {table.Name} of {ConfigFile.Name} chooses none of the account's {enabled.Count} regions.");
    }

    private ChosenSource Service(AwsAccess access, string service, IReadOnlyList<string> regions)
    {
        IReadOnlyList<string> own = AwsServices.IsGlobal(service) ? [] : regions;
        var options = new AwsServiceOptions
        {
            Regions = own,
            Exclude = table.Exclude,
            Prefix = table.Prefix,
            InstanceSnapshots = instanceSnapshots,
        };
        try
        {
            return Of(service, own, new AwsServiceSource(access, service, options));
        }
        catch (ArgumentException e)
        {
            throw new StoreException(
                StoreFault.Refused, $"`exclude` of the source {table.Name} of {ConfigFile.Name}: {e.Message}", "", e);
        }
    }

    private ChosenSource Of(string service, IReadOnlyList<string> regions, ICollector collector)
    {
        string account = table.Access.Profile is { } profile ? $" of {profile}" : "";
        return new ChosenSource(table.Name, "aws", service + account, collector) { Regions = regions };
    }

    private string RootOf(string service) => table.Prefix.Length == 0 ? service : $"{table.Prefix}/{service}";
}
