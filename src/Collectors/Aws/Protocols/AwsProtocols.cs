using JadaStore.Collectors.Aws.Models;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>The protocols that are known: one line each.</summary>
internal static class AwsProtocols
{
    /// <summary>The one that a service speaks.</summary>
    /// <exception cref="ArgumentException">It is not known.</exception>
    public static IAwsProtocol Of(AwsModel model) => model.Protocol switch
    {
        "rest-xml" => new RestXml(),
        "rest-json" => new RestJson(),
        "json" => new AwsJson(model),
        "query" or "ec2" => new QueryXml(model),
        _ => throw new ArgumentException(
            $"{model.Service} speaks {model.Protocol}, which is not known.", nameof(model)),
    };
}
