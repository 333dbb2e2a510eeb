namespace JadaStore.Collectors.AppsScript;

/// <summary>A request to Google that failed for good.</summary>
/// <remarks>An <see cref="IOException"/>, so that what concerns one project is recorded as that project's
/// problem.</remarks>
/// <param name="status">The HTTP status; 0 when no answer came.</param>
/// <param name="reason">Google's word for it: <c>ACCESS_TOKEN_SCOPE_INSUFFICIENT</c>, <c>invalid_grant</c>; may be
/// empty.</param>
/// <param name="message">For a person: what failed, with Google's own words.</param>
/// <param name="inner">What was thrown, if anything.</param>
internal sealed class GoogleException(int status, string reason, string message, Exception? inner = null)
    : IOException(message, inner)
{
    /// <summary>The HTTP status; 0 when no answer came.</summary>
    public int Status => status;

    /// <summary>Google's word for it; may be empty.</summary>
    public string Reason => reason;

    /// <summary>What a person can do about it; empty where nothing is known.</summary>
    public string Hint => (status, reason) switch
    {
        (_, "invalid_grant" or "invalid_client" or "unauthorized_client") or (401, _) => "Log in anew: `clasp login`.",
        (403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT" or "insufficientPermissions") =>
            "Log in anew with `clasp login`, which asks for all that is needed; or, where only Drive's list of "
            + "projects is refused, name them: scripts = [\"ID\", …].",
        (404, _) => "Check the script id, and with `clasp show-authorized-user` whose login it is.",
        (0, _) => "Check the network and the proxy.",
        _ => "",
    };
}
