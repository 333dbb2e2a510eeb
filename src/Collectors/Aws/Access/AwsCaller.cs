using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Access;

/// <summary>Whose keys are in use; asked for once, when first wanted.</summary>
/// <param name="sts">AWS's Security Token Service, which answers all keys that are good.</param>
internal sealed class AwsCaller(AwsCalls sts)
{
    private readonly Lock _lock = new();
    private Task<(string Account, string Arn)>? _identity;

    /// <summary>The account's number.</summary>
    /// <exception cref="AwsException">It cannot be found out.</exception>
    public async Task<string> AccountAsync(CancellationToken cancellationToken) =>
        (await IdentityAsync(cancellationToken).ConfigureAwait(false)).Account;

    /// <summary>The account's number, and the name of the user or role; empty where the answer lacks one.</summary>
    /// <exception cref="AwsException">They cannot be found out.</exception>
    public Task<(string Account, string Arn)> IdentityAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _identity = _identity is { IsCanceled: false } asked ? asked : AskAsync(cancellationToken);
        }
    }

    /// <summary>Whether AWS knows the keys.</summary>
    public async Task<bool> IsKnownAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AccountAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AwsException)
        {
            return false;
        }
    }

    private async Task<(string Account, string Arn)> AskAsync(CancellationToken cancellationToken)
    {
        JsonObject answer = await sts.CallAsync("GetCallerIdentity", [], cancellationToken).ConfigureAwait(false);
        return (answer["Account"]?.ToString() ?? "", answer["Arn"]?.ToString() ?? "");
    }
}
