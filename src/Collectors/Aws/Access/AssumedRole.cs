using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;
using Amazon.SecurityToken;

namespace JadaStore.Collectors.Aws.Access;

/// <summary>The keys of a role that other credentials assume, renewed before they expire.</summary>
/// <remarks>
/// In place of the SDK's own class, which compiled ahead of time asks for a role with the default credentials and not
/// with those that the profile names.
/// </remarks>
internal sealed class AssumedRole : RefreshingAWSCredentials
{
    private readonly AssumeRoleAWSCredentials _role;
    private readonly AWSCredentials _source;
    private readonly RegionEndpoint _region;

    private AssumedRole(AssumeRoleAWSCredentials role, RegionEndpoint region)
    {
        _role = role;
        _source = Replace(role.SourceCredentials, region);
        _region = region;
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
    }

    /// <summary>The same credentials, in which every role is one of these; also where one role assumes
    /// another.</summary>
    /// <param name="found">From the SDK's chain.</param>
    /// <param name="region">Where the Security Token Service is asked.</param>
    public static AWSCredentials Replace(AWSCredentials found, RegionEndpoint region) =>
        found is AssumeRoleAWSCredentials role ? new AssumedRole(role, region) : found;

    /// <inheritdoc/>
    protected override CredentialsRefreshState GenerateNewCredentials()
    {
        using var client = new AmazonSecurityTokenServiceClient(_source, _region);
        AssumeRoleImmutableCredentials keys = ((ICoreAmazonSTS)client).CredentialsFromAssumeRoleAuthentication(
            _role.RoleArn, _role.RoleSessionName, _role.Options);
        return new CredentialsRefreshState(keys, keys.Expiration);
    }

    /// <inheritdoc/>
    protected override Task<CredentialsRefreshState> GenerateNewCredentialsAsync() => Task.Run(GenerateNewCredentials);
}
