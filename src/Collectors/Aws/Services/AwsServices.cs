using System.Reflection;
using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Collectors.Aws.Services.Walk;

namespace JadaStore.Collectors.Aws.Services;

/// <summary>The services that have rows, which is all that is needed to capture one.</summary>
public static class AwsServices
{
    private static readonly Lazy<IReadOnlyDictionary<string, ServiceRows>> All = new(Load);

    /// <summary>Their names as the AWS CLI has them, sorted; each is the root of its source.</summary>
    public static IReadOnlyList<string> Names => [.. All.Value.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether a service is the same in all regions, so that none stands in its paths.</summary>
    /// <exception cref="ArgumentException">There are no rows of it.</exception>
    public static bool IsGlobal(string service) => Of(service).IsGlobal;

    /// <summary>Whether rules leave out all that a service has in a region.</summary>
    /// <param name="service">Which.</param>
    /// <param name="region">Where.</param>
    /// <param name="exclude">Globs, as in <see cref="AwsServiceOptions.Exclude"/>.</param>
    /// <exception cref="ArgumentException">A glob is malformed.</exception>
    public static bool Excludes(string service, string region, IReadOnlyList<string> exclude) =>

        // A name that nothing has is left out where all names are.
        new ExcludeRules(service, exclude).Excludes($"{region}/-");

    /// <summary>The rows of a service.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    internal static ServiceRows Of(string service) => All.Value.TryGetValue(service, out ServiceRows? rows)
        ? rows
        : throw new ArgumentException($"There are no rows of {service}.", nameof(service));

    // The files are the program's own: each is named aws/SERVICE.json.
    private static Dictionary<string, ServiceRows> Load() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith("aws/", StringComparison.Ordinal))
        .Select(name => ServiceRows.Load(name["aws/".Length..^".json".Length]))
        .OfType<ServiceRows>()
        .ToDictionary(rows => rows.Service, StringComparer.Ordinal);
}
