using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SSO;
using Amazon.SSOOIDC;
using Amazon.SecurityToken;

namespace JadaStore.Collectors.Aws.Access;

/// <summary>
/// Tells the SDK of the services that its credential chain asks; compiled ahead of time, it cannot find them by itself.
/// </summary>
/// <remarks>What it asks them is not signed: the request itself holds a token. Roles are
/// <see cref="AssumedRole"/>.</remarks>
internal static class CredentialServices
{
    private static readonly Lock Gate = new();
    private static bool _registered;

    /// <summary>Tells it once.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (_registered)
            {
                return;
            }

            _registered = true;
            GlobalRuntimeDependencyRegistry registry = GlobalRuntimeDependencyRegistry.Instance;
            registry.RegisterSecurityTokenServiceClient(static context =>
                new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(),
                    context.SecurityTokenServiceClientContextData.Region));
            registry.RegisterSSOClient(static context =>
                new AmazonSSOClient(new AnonymousAWSCredentials(), context.SSOClientContextData.Region));
            registry.RegisterSSOOIDCClient(static context =>
                new AmazonSSOOIDCClient(new AnonymousAWSCredentials(), context.SSOOIDCClientContextData.Region));
        }
    }
}
