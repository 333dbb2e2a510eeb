namespace JadaStore.Collectors.Aws.Requests;

/// <summary>A request that failed for good: refused, or still failing after all retries.</summary>
/// <remarks>An <see cref="IOException"/>, so that what concerns one object is recorded as that object's
/// problem.</remarks>
/// <param name="operation">AWS's name of what was asked.</param>
/// <param name="status">The HTTP status; 0 when no answer came.</param>
/// <param name="code">
/// AWS's error code: <c>NoSuchKey</c>, <c>AccessDenied</c>; the status's name where AWS gives none;
/// <see cref="NoCredentials"/>; <see cref="NotInRegion"/>; empty when no answer came.
/// </param>
/// <param name="message">For a person: what failed, on what.</param>
/// <param name="inner">What was thrown, if anything.</param>
internal sealed class AwsException(string operation, int status, string code, string message, Exception? inner = null)
    : IOException(message, inner)
{
    /// <summary>The code when there are no credentials, so that nothing was asked.</summary>
    public const string NoCredentials = "NoCredentials";

    /// <summary>The code when the region does not have the service, so that there is nobody to ask.</summary>
    public const string NotInRegion = "ServiceNotInRegion";

    /// <summary>AWS's name of what was asked.</summary>
    public string Operation => operation;

    /// <summary>The HTTP status; 0 when no answer came.</summary>
    public int Status => status;

    /// <summary>AWS's error code; empty when no answer came.</summary>
    public string Code => code;
}
