using System.Reflection;
using System.Text.Json;

namespace JadaStore.Collectors.Aws.Requests;

/// <summary>Where AWS's services are, as data: <c>tools/aws_endpoints.py</c> writes and describes the file.</summary>
/// <remarks>The file is part of the program, so it is trusted. It ages: regions come that it does not know.</remarks>
internal sealed class AwsHosts
{
    private const string Resource = "aws-endpoints.json";

    private static readonly Lazy<AwsHosts> Loaded = new(() => new AwsHosts());
    private static readonly string[] Variants = ["", "fips", "dual", "fips dual"];

    private readonly AwsPartition[] _partitions;
    private readonly JsonElement _services;
    private readonly JsonElement _defaults;

    private AwsHosts()
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is missing.");
        using JsonDocument document = JsonDocument.Parse(file);
        JsonElement root = document.RootElement.Clone();
        _services = root.GetProperty("services");
        _defaults = root.GetProperty("defaults");
        _partitions = [.. root.GetProperty("partitions").EnumerateObject().Select(one => new AwsPartition(
            one.Name, one.Value.GetProperty("suffix").GetString()!, one.Value.GetProperty("dual").GetString()!,
            Texts(one.Value, "regions"), Texts(one.Value, "from_start")))];
    }

    /// <summary>The table; read when it is first asked for.</summary>
    public static AwsHosts Table => Loaded.Value;

    /// <summary>The partition of a region; of one that is not known, by the beginning of its name.</summary>
    public AwsPartition PartitionOf(string region) =>
        Array.Find(_partitions, partition => partition.Regions.Contains(region))
        ?? Array.Find(_partitions, partition => partition.Regions.Any(known => Family(known) == Family(region)))
        ?? _partitions[0];

    /// <summary>A service's host.</summary>
    public string HostOf(AwsService service, string region, HostVariants variants)
    {
        AwsPartition partition = PartitionOf(region);
        string variant = Variants[(int)variants];
        string template = Text(service.Name, "at", region, variant)
            ?? Text(service.Name, "partitions", partition.Name, variant)
            ?? Text(service.Name, "hosts", variant)
            ?? _defaults.GetProperty("hosts").GetProperty(variant).GetString()!;
        return template
            .Replace("{service}", service.EndpointPrefix, StringComparison.Ordinal)
            .Replace("{region}", region, StringComparison.Ordinal)
            .Replace("{suffix}", partition.Suffix, StringComparison.Ordinal)
            .Replace("{dual}", partition.DualSuffix, StringComparison.Ordinal);
    }

    /// <summary>The region that signatures for a service are made for: another one where it has one host for
    /// all.</summary>
    public string SigningRegionOf(AwsService service, string region) =>
        Text(service.Name, "signs", region) ?? Text(service.Name, "signs", PartitionOf(region).Name) ?? region;

    /// <summary>Whether a service is known to be in a region.</summary>
    /// <param name="service">AWS's name of it as the models have it.</param>
    /// <param name="region">Of any partition.</param>
    public bool Has(string service, string region)
    {
        AwsPartition partition = PartitionOf(region);
        if (!partition.Regions.Contains(region) || !_services.TryGetProperty(service, out JsonElement known))
        {
            return false;
        }

        IReadOnlyList<string> lacks = known.TryGetProperty("lacks", out _) ? Texts(known, "lacks") : [];
        return !lacks.Contains(region) && !lacks.Contains(partition.Name);
    }

    // us-gov-east-1 → us-gov-
    private static string Family(string region)
    {
        string[] parts = region.Split('-');
        return string.Concat(parts.SkipLast(2).Select(part => part + "-"));
    }

    private string? Text(string service, params ReadOnlySpan<string> path)
    {
        if (!_services.TryGetProperty(service, out JsonElement at))
        {
            return null;
        }

        foreach (string step in path)
        {
            if (!at.TryGetProperty(step, out at))
            {
                return null;
            }
        }

        return at.GetString();
    }

    private static IReadOnlyList<string> Texts(JsonElement of, string name) =>
        [.. of.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
