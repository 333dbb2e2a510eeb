using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>Why a whole service is out of reach, and what to do about it.</summary>
internal static class ServiceUnreachable
{
    /// <summary>The failure as one that ends the source.</summary>
    /// <param name="e">What came.</param>
    /// <param name="service">The service.</param>
    /// <param name="place">The endpoint URL, or AWS.</param>
    public static StoreException Of(AwsException e, string service, string place)
    {
        (string message, string hint) = e switch
        {
            { Code: AwsException.NoCredentials } => (
                $"There are no credentials for {service}: {e.Message.TrimEnd('.')}.",
                "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a --profile, "
                + "or run `aws configure` or `aws sso login`."),
            { Code: "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" or "InvalidToken" } => (
                $"The session token sent for {service} is not good any more ({e.Code}).",
                "Get a new one: `aws sso login`, or assume the role again."),
            { Code: "SignatureDoesNotMatch" or "InvalidSignatureException" or "IncompleteSignature" } => (
                $"{place} refused the signature for {service}: the secret key is wrong ({e.Code}).",
                "Check AWS_SECRET_ACCESS_KEY or --profile, and the clock."),
            _ when WalkFailure.IsOfUnknownKeys(e) => (
                $"{place} does not know the access key that was sent for {service} ({e.Code}).",
                "Check AWS_ACCESS_KEY_ID or --profile; `aws sts get-caller-identity` tells whose keys are in use."),
            { Status: 0 } => (
                $"{place} cannot be reached for {service}: {e.Message.TrimEnd('.')}.",
                "Check the network, the proxy and --endpoint-url."),
            _ => ($"{service} cannot be captured: {e.Message.TrimEnd('.')}.", ""),
        };
        return new StoreException(StoreFault.SourceUnreachable, message, hint, e);
    }
}
