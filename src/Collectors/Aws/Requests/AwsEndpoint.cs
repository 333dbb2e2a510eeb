using System.Collections.Concurrent;

namespace JadaStore.Collectors.Aws.Requests;

/// <summary>Where requests to a service go.</summary>
/// <param name="service">The service.</param>
/// <param name="url">Instead of AWS's own address; null: AWS.</param>
/// <param name="pathStyle">Whether a bucket stands in the path, not in the host name.</param>
/// <param name="variants">Which of AWS's own addresses.</param>
internal sealed class AwsEndpoint(
    AwsService service, Uri? url, bool pathStyle, HostVariants variants = HostVariants.None)
{
    private readonly ConcurrentDictionary<string, (string Host, string Signs)> _known = new(StringComparer.Ordinal);
    private readonly Func<string, (string Host, string Signs)> _find = region => (
        AwsHosts.Table.HostOf(service, region, variants), AwsHosts.Table.SigningRegionOf(service, region));

    /// <summary>The service.</summary>
    public AwsService Service => service;

    /// <summary>The region that signatures are made for.</summary>
    /// <param name="region">The region that is asked.</param>
    public string SigningRegion(string region) => In(region).Signs;

    /// <summary>Whether a host that cannot be found means that the region does not have the service: AWS's own, and
    /// not known to be there.</summary>
    /// <param name="region">The region that is asked.</param>
    public bool MayLack(string region) => url is null && !AwsHosts.Table.Has(service.Name, region);

    /// <summary>Scheme and host (with the port, where it is not the scheme's own), and the path to ask for.</summary>
    /// <param name="region">The region that is asked.</param>
    /// <param name="request">What is asked.</param>
    public (string Scheme, string Host, string Path) Resolve(string region, AwsRequest request)
    {
        string scheme = url?.Scheme ?? Uri.UriSchemeHttps;
        string host = url?.Authority ?? request.HostPrefix + In(region).Host;
        string path = url is null ? request.Path : url.AbsolutePath.TrimEnd('/') + request.Path;
        if (request.Bucket is not { } bucket)
        {
            return (scheme, host, path);
        }

        if (!pathStyle && FitsHostName(bucket, scheme))
        {
            return (scheme, $"{bucket}.{host}", path);
        }

        string above = url is null ? "" : url.AbsolutePath.TrimEnd('/');
        return (scheme, host, $"{above}/{PercentEncoding.Encode(bucket)}{(request.Path == "/" ? "" : request.Path)}");
    }

    private (string Host, string Signs) In(string region) => _known.GetOrAdd(region, _find);

    // A dot makes one label more, which the certificate does not cover.
    private static bool FitsHostName(string bucket, string scheme) =>
        bucket.Length is >= 3 and <= 63
        && bucket.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'
            || (letter == '.' && scheme == Uri.UriSchemeHttp))
        && char.IsAsciiLetterOrDigit(bucket[0]) && char.IsAsciiLetterOrDigit(bucket[^1]);
}
