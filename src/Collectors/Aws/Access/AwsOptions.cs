namespace JadaStore.Collectors.Aws.Access;

/// <summary>How to reach an account, or a server that speaks AWS's protocols.</summary>
public sealed record AwsOptions
{
    /// <summary>Most requests at once over everything unless said otherwise: 256.</summary>
    public const int DefaultInFlight = 256;

    /// <summary>Most requests at once to one service in one region unless said otherwise: 64.</summary>
    public const int DefaultInLane = 64;

    /// <summary>A profile of <c>~/.aws</c>; null: <c>AWS_PROFILE</c> and the rest of the SDK's chain.</summary>
    public string? Profile { get; init; }

    /// <summary>The region; null: the environment, then the profile, then <c>us-east-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>The server; null: <c>AWS_ENDPOINT_URL_S3</c> and its like, then the profile, then AWS.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Whether buckets stand in the path, not the host name; null: where there is an endpoint URL.</summary>
    public bool? PathStyle { get; init; }

    /// <summary>Whether requests go out without a signature, as anybody's: for buckets that all may read.</summary>
    public bool NoSignRequest { get; init; }

    /// <summary>Most requests at once, over everything that is reached by these options.</summary>
    public int InFlight { get; init; } = DefaultInFlight;

    /// <summary>Most requests at once to one service in one region; no more than <see cref="InFlight"/>
    /// count.</summary>
    public int InLane { get; init; } = DefaultInLane;
}
