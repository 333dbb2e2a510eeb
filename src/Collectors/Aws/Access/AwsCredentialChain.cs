using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;

namespace JadaStore.Collectors.Aws.Access;

/// <summary>
/// The SDK's own chain: environment, web identity, profiles (keys, SSO, assumed roles, processes), container, instance.
/// </summary>
/// <remarks>Thread-safe. What was found is kept; what expires is renewed by the SDK before it does.</remarks>
/// <param name="profile">Only that profile; null: the whole chain.</param>
/// <param name="region">Where roles are assumed.</param>
internal sealed class AwsCredentialChain(string? profile, string region)
{
    private readonly Lock _gate = new();
    private Task<AWSCredentials>? _found;

    /// <summary>Keys that are good now.</summary>
    /// <exception cref="AmazonClientException">There are none.</exception>
    public async ValueTask<ImmutableCredentials> GetAsync()
    {
        Task<AWSCredentials> found;
        lock (_gate)
        {
            // A look-up that failed may go well the next time.
            found = _found is { IsFaulted: false, IsCanceled: false } earlier ? earlier : _found = Task.Run(FindAsync);
        }

        AWSCredentials credentials = await found.ConfigureAwait(false);
        return await credentials.GetCredentialsAsync().ConfigureAwait(false);
    }

    private async Task<AWSCredentials> FindAsync()
    {
        CredentialServices.Register();
        return AssumedRole.Replace(await FindByChainAsync().ConfigureAwait(false),
            RegionEndpoint.GetBySystemName(region));
    }

    private async Task<AWSCredentials> FindByChainAsync()
    {
        if (profile is null)
        {
            try
            {
                return await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync().ConfigureAwait(false);
            }
            catch (AmazonClientException e)
            {
                // The SDK tells at length of each place where it found none.
                throw new AmazonClientException("none in the environment, in ~/.aws, or from this machine", e);
            }
        }

        var chain = new CredentialProfileStoreChain();
        return chain.TryGetAWSCredentials(profile, out AWSCredentials credentials)
            ? credentials
            : throw new AmazonClientException(
                chain.TryGetProfile(profile, out _)
                    ? $"The profile {profile} holds no credentials." : $"There is no profile {profile} in ~/.aws.");
    }
}
