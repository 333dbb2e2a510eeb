using JadaStore.Collectors.Aws.Services;

namespace JadaStore.Cli.Sources;

/// <summary>A service of AWS as it is typed: <c>aws://lambda</c>, <c>aws://lambda/us-east-1</c>.</summary>
internal static class AwsArgument
{
    private const string Scheme = "aws://";

    /// <summary>Whether the word is of that kind.</summary>
    public static bool Fits(string word) => word.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads one that fits, as the table that says the same.</summary>
    /// <exception cref="UsageException">It names no service.</exception>
    public static AwsSourceTable Parse(string word)
    {
        string[] parts = word[Scheme.Length..].TrimEnd('/').Split('/');
        if (parts.Length > 2 || !AwsServices.Names.Contains(parts[0]))
        {
            throw new UsageException(
                $"{word} names no service; it is given as aws://SERVICE or aws://SERVICE/REGION, and the services are "
                + $"{string.Join(", ", AwsServices.Names)}.");
        }

        return new AwsSourceTable(word)
        {
            Services = [parts[0]], Regions = [parts.Length == 1 || parts[1] == "all" ? "*" : parts[1]],
        };
    }
}
