namespace JadaStore.Collectors.Aws.Requests;

/// <summary>What an answer that is no success says.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">AWS's error code; the status's own name where the body has none, as in an answer to HEAD.</param>
/// <param name="Message">AWS's words; may be empty.</param>
/// <param name="Region">The region that it says is the right one, or null.</param>
internal sealed record AwsError(int Status, string Code, string Message, string? Region)
{
    /// <summary>Whether the service asks for fewer requests.</summary>
    public bool IsThrottling =>
        Status is 429 or 503
        || Code is "SlowDown" or "Throttling" or "ThrottlingException" or "ThrottledException"
            or "TooManyRequestsException" or "RequestLimitExceeded" or "RequestThrottled"
            or "RequestThrottledException" or "BandwidthLimitExceeded"
            or "ProvisionedThroughputExceededException" or "LimitExceededException" or "PriorRequestNotComplete"
            or "EC2ThrottledException";

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsTransient =>
        IsThrottling || Status is 408 or 500 or 502 or 504
            || Code is "RequestTimeout" or "RequestTimeoutException" or "InternalError";

    /// <summary>Whether the clocks differ too much.</summary>
    public bool IsClockSkew => Code is "RequestTimeTooSkewed" or "RequestExpired" or "RequestInTheFuture";
}
