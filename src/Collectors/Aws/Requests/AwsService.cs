using JadaStore.Collectors.Aws.Models;

namespace JadaStore.Collectors.Aws.Requests;

/// <summary>A service as far as sending to it goes.</summary>
/// <param name="Name">As the models have it: <c>lambda</c>.</param>
/// <param name="SigningName">What signatures are made for: <c>s3</c>, <c>lambda</c>.</param>
/// <param name="EndpointPrefix">The first label of its host name: <c>s3</c>, <c>email</c>.</param>
/// <param name="Id">As settings have it: <c>Route 53</c>.</param>
internal sealed record AwsService(string Name, string SigningName, string EndpointPrefix, string Id)
{
    /// <summary>Object storage.</summary>
    public static AwsService S3 { get; } = new("s3", "s3", "s3", "S3");

    /// <summary>Functions.</summary>
    public static AwsService Lambda { get; } = new("lambda", "lambda", "lambda", "Lambda");

    /// <summary>Whether requests go out without a signature.</summary>
    public bool IsUnsigned { get; init; }

    /// <summary>Whether paths are signed as they are sent, encoded once, and bodies need not be signed.</summary>
    public bool IsS3 => SigningName == "s3";

    /// <summary>The service of a model.</summary>
    public static AwsService Of(AwsModel model) =>
        new(model.Service, model.SigningName, model.EndpointPrefix, model.ServiceId);
}
