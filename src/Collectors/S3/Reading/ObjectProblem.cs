using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>Why one object could not be captured, in words for the snapshot's errors.</summary>
internal static class ObjectProblem
{
    /// <summary>The words.</summary>
    public static IOException Of(AwsException e) => new(Words(e), e);

    private static string Words(AwsException e) => e switch
    {
        { Code: "PreconditionFailed" } or { Status: 412 } => "changed after it was listed",
        { Code: "NoSuchKey" or "NoSuchVersion" } or { Status: 404 } => "was deleted after it was listed",
        { Code: "InvalidObjectState" } => "is archived: it can be read only after `aws s3api restore-object`",
        { Code: "AccessDenied" or "Forbidden" } => $"access denied ({e.Operation})",
        _ => e.Message,
    };
}
