using System.Globalization;
using Amazon.Runtime.CredentialManagement;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store;

namespace JadaStore.Collectors.Aws.Access;

/// <summary>What is not said in the options, from the environment and the profile, in the order of the AWS
/// CLI.</summary>
internal sealed class AwsSettings
{
    private const string DefaultRegion = "us-east-1";

    private readonly AwsOptions _options;
    private readonly CredentialProfile? _profile;

    /// <param name="options">What is said.</param>
    public AwsSettings(AwsOptions options)
    {
        _options = options;
        string name = options.Profile ?? Variable("AWS_PROFILE") ?? Variable("AWS_DEFAULT_PROFILE") ?? "default";
        _profile = new CredentialProfileStoreChain().TryGetProfile(name, out CredentialProfile found) ? found : null;
    }

    /// <summary>The region.</summary>
    /// <exception cref="StoreException">It is no name of a region.</exception>
    public string Region
    {
        get
        {
            string region = _options.Region
                ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION")
                ?? _profile?.Region?.SystemName
                ?? DefaultRegion;
            return Checked(region);
        }
    }

    /// <summary>How often a request is sent at most; 8, since one of 10,000 objects shall not fail where one in ten
    /// requests does.</summary>
    public int Attempts =>
        int.TryParse(Variable("AWS_MAX_ATTEMPTS"), NumberStyles.None, CultureInfo.InvariantCulture,
            out int attempts) && attempts > 0
            ? attempts : _profile?.MaxAttempts ?? 8;

    /// <summary>Which of AWS's own hosts.</summary>
    public HostVariants Variants =>
        (IsSet("AWS_USE_FIPS_ENDPOINT", _profile?.UseFIPSEndpoint) ? HostVariants.Fips : HostVariants.None)
        | (IsSet("AWS_USE_DUALSTACK_ENDPOINT", _profile?.UseDualstackEndpoint)
            ? HostVariants.DualStack : HostVariants.None);

    /// <summary>The server instead of AWS's own; null: AWS.</summary>
    /// <exception cref="StoreException">It is no http or https URL.</exception>
    public Uri? EndpointOf(AwsService service)
    {
        string? url = _options.EndpointUrl;
        if (url is null && !IsSet("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", _profile?.IgnoreConfiguredEndpointUrls))
        {
            url = Variable(VariableOf(service)) ?? Variable("AWS_ENDPOINT_URL") ?? _profile?.EndpointUrl;
        }

        if (url is null)
        {
            return null;
        }

        return Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is "http" or "https"
            && parsed.Query.Length == 0 && parsed.UserInfo.Length == 0
            ? parsed
            : throw new StoreException(
                StoreFault.SourceUnreachable,
                url.Contains('@', StringComparison.Ordinal)
                    ? "The endpoint URL holds a name or password." : $"{url} is no endpoint URL.",
                "It is given as in --endpoint-url https://s3.example.org; keys stand in the environment or in ~/.aws.");
    }

    /// <summary>The variable that holds one service's endpoint: <c>AWS_ENDPOINT_URL_ROUTE_53</c>.</summary>
    internal static string VariableOf(AwsService service) =>
        "AWS_ENDPOINT_URL_" + service.Id.Replace(' ', '_').Replace('-', '_').ToUpperInvariant();

    /// <summary>The same, if it can be a region: it becomes part of host names.</summary>
    /// <exception cref="StoreException">It is no name of a region.</exception>
    public static string Checked(string region) => AwsErrorReader.IsRegion(region) ? region : throw new StoreException(
        StoreFault.SourceUnreachable, $"'{region}' is no name of a region.", "It is given as in --region eu-west-1.");

    private static bool IsSet(string variable, bool? otherwise) => Variable(variable) is { } text
        ? string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) : otherwise ?? false;

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
