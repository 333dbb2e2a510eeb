using System.CommandLine;
using JadaStore.Collectors.Aws.Access;

namespace JadaStore.Cli.Sources;

/// <summary>The options that say how to reach AWS, or a server that speaks its protocols; the same for all
/// commands.</summary>
internal sealed class AwsFlags
{
    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "A profile of ~/.aws; else AWS_PROFILE and the rest of the SDK's chain",
        HelpName = "NAME",
    };

    private readonly Option<string?> _region = new("--region")
    {
        Description = "The region; buckets are found wherever they lie",
        HelpName = "REGION",
    };

    private readonly Option<string?> _endpointUrl = new("--endpoint-url")
    {
        Description = "A server instead of AWS; else AWS_ENDPOINT_URL",
        HelpName = "URL",
    };

    private readonly Option<bool?> _pathStyle = new("--path-style")
    {
        Description = "Put buckets into the path, not the host name; so by itself with --endpoint-url",
        HelpName = "true|false",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _noSignRequest = new("--no-sign-request")
    {
        Description = "Sign nothing and look for no credentials: for buckets that all may read",
    };

    /// <summary>Makes them options of the command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_profile);
        command.Add(_region);
        command.Add(_endpointUrl);
        command.Add(_pathStyle);
        command.Add(_noSignRequest);
    }

    /// <summary>What was given.</summary>
    public AwsOptions Of(Run run) => new()
    {
        Profile = run.Get(_profile),
        Region = run.Get(_region),
        EndpointUrl = run.Get(_endpointUrl),
        PathStyle = run.Get(_pathStyle),
        NoSignRequest = run.Get(_noSignRequest),
    };
}
