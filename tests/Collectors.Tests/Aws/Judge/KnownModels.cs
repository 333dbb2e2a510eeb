using JadaStore.Collectors.Aws.Models;

namespace JadaStore.Collectors.Tests.Aws.Judge;

/// <summary>Every service that there is a model of.</summary>
internal static class KnownModels
{
    public static TheoryData<string> Names { get; } = [.. All()];

    private static IEnumerable<string> All() => typeof(AwsModel).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("aws/", StringComparison.Ordinal))
        .Select(name => name["aws/".Length..^".json".Length])
        .Order(StringComparer.Ordinal);
}
