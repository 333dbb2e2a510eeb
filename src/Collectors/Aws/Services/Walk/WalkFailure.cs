using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>What a failed request means for what was asked about.</summary>
internal static class WalkFailure
{
    /// <summary>Whether nothing at all can be asked with these credentials.</summary>
    public static bool IsOfCredentials(AwsException e) =>
        e.Code is AwsException.NoCredentials or "InvalidAccessKeyId" or "SignatureDoesNotMatch"
            or "InvalidSignatureException" or "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired"
            or "RequestExpired" or "RequestTimeTooSkewed" or "IncompleteSignature";

    /// <summary>Whether the keys are unknown: to all, or only to a region that the account has not switched
    /// on.</summary>
    public static bool IsOfUnknownKeys(AwsException e) =>
        e.Code is "InvalidClientTokenId" or "UnrecognizedClientException" or "AuthFailure" or "InvalidToken"
            or "NotSignedUp" or "OptInRequired";

    /// <summary>What it is for the ledger.</summary>
    /// <param name="e">What came.</param>
    /// <param name="unsupported">Further codes that mean that there is no such thing.</param>
    public static CoverageState StateOf(AwsException e, IReadOnlyList<string> unsupported) => e switch
    {
        { Code: AwsException.NotInRegion } => CoverageState.Unsupported,
        _ when unsupported.Contains(e.Code) => CoverageState.Unsupported,
        { Status: 405 or 501 } => CoverageState.Unsupported,
        {
            Code: "NotImplemented" or "MethodNotAllowed" or "UnknownOperationException" or "UnknownOperation"
                or "InvalidAction" or "UnsupportedOperation" or "UnsupportedOperationException"
                or "UnsupportedRegionException" or "EndpointNotAvailable" or "SubscriptionRequiredException"

                // All requests are signed; this is how a service answers what it has no such path for.
                or "MissingAuthenticationTokenException",
        } => CoverageState.Unsupported,
        { Status: 401 or 403 } => CoverageState.Denied,
        _ when IsDenied(e.Code) => CoverageState.Denied,
        _ => CoverageState.Failed,
    };

    // The json protocols answer 400 to whatever is wrong.
    private static bool IsDenied(string code) =>
        code is "UnauthorizedOperation" or "NotAuthorized" or "NotAuthorizedException" or "AuthorizationError"
            or "AuthorizationErrorException" or "UnauthorizedException" or "ForbiddenException"
        || code.StartsWith("AccessDenied", StringComparison.Ordinal);
}
