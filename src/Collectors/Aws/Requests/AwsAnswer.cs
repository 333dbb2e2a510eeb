namespace JadaStore.Collectors.Aws.Requests;

/// <summary>What became of one try: a response, an error, or no answer at all.</summary>
/// <param name="Response">When it succeeded.</param>
/// <param name="Error">When the service refused.</param>
/// <param name="Date">The service's clock, when it refused and told.</param>
/// <param name="Broken">When no answer came; an <see cref="AwsException"/> when asking again is no use.</param>
internal sealed record AwsAnswer(AwsResponse? Response, AwsError? Error, DateTimeOffset? Date, Exception? Broken)
{
    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsTransient => Error?.IsTransient ?? Broken is not AwsException;

    /// <summary>The failure as an exception.</summary>
    public AwsException ToException(string operation)
    {
        if (Broken is AwsException known)
        {
            return known;
        }

        if (Error is not { } error)
        {
            return new AwsException(operation, 0, "", $"{operation}: {AwsWire.OneLine(Broken!.Message)}", Broken);
        }

        string words = error.Message.Length == 0 ? "" : ": " + AwsWire.OneLine(error.Message);
        return new AwsException(operation, error.Status, error.Code,
            $"{operation}: {error.Code} ({error.Status}){words}");
    }
}
