using System.Diagnostics;

namespace JadaStore.Collectors.Tests.Servers;

/// <summary>Where an S3 server listens, and the keys that it knows.</summary>
internal sealed record S3Endpoint(Uri Url, string AccessKey, string SecretKey, string Region = "us-east-1")
{
    /// <summary>Reads <c>http://ACCESS:SECRET@HOST:PORT</c>.</summary>
    public static S3Endpoint Parse(string text)
    {
        var url = new Uri(text.Trim());
        string[] keys = url.UserInfo.Split(':');
        return new S3Endpoint(new Uri(url.GetLeftPart(UriPartial.Scheme) + url.Authority), keys[0], keys[1]);
    }

    /// <summary>The same server and keys through a proxy.</summary>
    public S3Endpoint Through(FaultProxy proxy) => this with { Url = proxy.Url };

    /// <summary>The URL as programs take it: without the slash at its end.</summary>
    public string UrlText => Url.GetLeftPart(UriPartial.Authority);

    /// <summary>What a program of AWS's must find in its environment to use this server only; null: not set.</summary>
    public IReadOnlyDictionary<string, string?> Variables => new Dictionary<string, string?>
    {
        ["AWS_ACCESS_KEY_ID"] = AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = SecretKey,
        ["AWS_SESSION_TOKEN"] = null,
        ["AWS_PROFILE"] = null,
        ["AWS_REGION"] = Region,
        ["AWS_DEFAULT_REGION"] = Region,
        ["AWS_ENDPOINT_URL"] = null,
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_PAGER"] = "",
        // Ceph refuses checksums that come after the body.
        ["AWS_REQUEST_CHECKSUM_CALCULATION"] = "when_required",
        ["AWS_RESPONSE_CHECKSUM_VALIDATION"] = "when_required",
        ["HTTP_PROXY"] = null,
        ["http_proxy"] = null,
    };

    /// <summary>Gives a program that is to be started these variables.</summary>
    public void ApplyTo(ProcessStartInfo start)
    {
        foreach ((string name, string? value) in Variables)
        {
            start.Environment[name] = value;
        }
    }
}
