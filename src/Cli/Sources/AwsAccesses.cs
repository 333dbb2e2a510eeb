using JadaStore.Collectors.Aws.Access;

namespace JadaStore.Cli.Sources;

/// <summary>One way into an account however many sources lead there, so that one bound holds for all its
/// requests.</summary>
/// <param name="commandLine">Wins over what a source says.</param>
internal sealed class AwsAccesses(AwsOptions commandLine)
{
    private readonly Dictionary<AwsOptions, AwsAccess> _accesses = [];

    /// <summary>The way that the command line says, for what is typed.</summary>
    public AwsAccess Typed => Of(new AwsOptions());

    /// <summary>The way of a source.</summary>
    public AwsAccess Of(AwsOptions source)
    {
        var options = new AwsOptions
        {
            Profile = commandLine.Profile ?? source.Profile,
            Region = commandLine.Region ?? source.Region,
            EndpointUrl = commandLine.EndpointUrl ?? source.EndpointUrl,
            PathStyle = commandLine.PathStyle ?? source.PathStyle,
            NoSignRequest = commandLine.NoSignRequest || source.NoSignRequest,
        };
        if (!_accesses.TryGetValue(options, out AwsAccess? access))
        {
            _accesses.Add(options, access = new AwsAccess(options));
        }

        return access;
    }
}
