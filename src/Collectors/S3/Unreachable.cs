using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store;

namespace JadaStore.Collectors.S3;

/// <summary>Why a whole bucket is out of reach, and what to do about it.</summary>
internal static class Unreachable
{
    /// <summary>The failure as one that ends the source.</summary>
    /// <param name="e">What came of the first request.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="place">The endpoint URL, or AWS.</param>
    public static StoreException Of(IOException e, string bucket, string place)
    {
        (string message, string hint) = e is AwsException aws
            ? Words(aws, bucket, place) : ($"s3://{bucket} cannot be listed: {e.Message}.", "");
        return new StoreException(StoreFault.SourceUnreachable, message, hint, e);
    }

    private static (string Message, string Hint) Words(AwsException e, string bucket, string place) => e switch
    {
        { Code: AwsException.NoCredentials } => (
            $"There are no credentials for s3://{bucket}: {e.Message.TrimEnd('.')}.",
            "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a --profile, "
            + "or run `aws configure` or `aws sso login`."),
        { Code: "InvalidAccessKeyId" or "UnrecognizedClientException" } => (
            $"{place} does not know the access key that was sent for s3://{bucket}.",
            "Check AWS_ACCESS_KEY_ID or --profile; `aws sts get-caller-identity` tells whose keys are in use."),
        { Code: "SignatureDoesNotMatch" } => (
            $"{place} refused the signature for s3://{bucket}: the secret key is wrong.",
            "Check AWS_SECRET_ACCESS_KEY or --profile."),
        { Code: "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" or "InvalidToken" } => (
            $"The session token sent for s3://{bucket} is not good any more ({e.Code}).",
            "Get a new one: `aws sso login`, or assume the role again."),
        { Code: "NoSuchBucket" } => (
            $"There is no bucket {bucket} at {place}.", "Check its name, and --endpoint-url or --profile."),
        { Code: "InvalidBucketName" } =>
            ($"{bucket} cannot be a bucket's name.", "It is given as s3://BUCKET or s3://BUCKET/PREFIX."),
        {
            Code: "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed"
                or "IllegalLocationConstraintException",
        } => (
            $"s3://{bucket} lies in another region, and {place} does not say in which ({e.Code}).",
                "Name it with --region."),
        { Status: 401 or 403 } => (
            $"Access to s3://{bucket} is denied ({e.Operation}: {e.Code}).",
            "The credentials need s3:ListBucket on the bucket; s3:GetObject and s3:GetObjectTagging on its objects."),
        { Status: 0 } => (
            $"{place} cannot be reached for s3://{bucket}: {e.Message}.",
                "Check the network, the proxy and --endpoint-url."),
        _ => ($"s3://{bucket} cannot be listed: {e.Message}.", ""),
    };
}
