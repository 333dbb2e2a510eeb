using Amazon;

namespace JadaStore.Collectors.Aws.Requests;

/// <summary>Where requests to a service go.</summary>
/// <param name="service">The service.</param>
/// <param name="url">Instead of AWS's own address; null: AWS.</param>
/// <param name="pathStyle">Whether a bucket stands in the path, not in the host name.</param>
internal sealed class AwsEndpoint(AwsService service, Uri? url, bool pathStyle)
{
    /// <summary>The service.</summary>
    public AwsService Service => service;

    /// <summary>Scheme and host (with the port, where it is not the scheme's own), and the path to ask for.</summary>
    /// <param name="region">The region that is asked.</param>
    /// <param name="request">What is asked.</param>
    public (string Scheme, string Host, string Path) Resolve(string region, AwsRequest request)
    {
        string scheme = url?.Scheme ?? Uri.UriSchemeHttps;
        string host = url?.Authority ?? service.GlobalHost ?? $"{service.EndpointPrefix}.{region}.{Suffix(region)}";
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

    private static string Suffix(string region) =>
        RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix ?? "amazonaws.com";

    // A dot makes one label more, which the certificate does not cover.
    private static bool FitsHostName(string bucket, string scheme) =>
        bucket.Length is >= 3 and <= 63
        && bucket.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'
            || (letter == '.' && scheme == Uri.UriSchemeHttp))
        && char.IsAsciiLetterOrDigit(bucket[0]) && char.IsAsciiLetterOrDigit(bucket[^1]);
}
