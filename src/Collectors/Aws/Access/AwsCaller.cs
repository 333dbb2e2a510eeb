using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Access;

/// <summary>Whose keys are in use; asked for once, when first wanted.</summary>
/// <param name="sts">AWS's Security Token Service, which answers all keys that are good.</param>
internal sealed class AwsCaller(AwsCalls sts)
{
    private readonly Lock _lock = new();
    private Task<string>? _account;

    /// <summary>The account's number.</summary>
    /// <exception cref="AwsException">It cannot be found out.</exception>
    public Task<string> AccountAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _account = _account is { IsCanceled: false } asked ? asked : AskAsync(cancellationToken);
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

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        JsonObject answer = await sts.CallAsync("GetCallerIdentity", [], cancellationToken).ConfigureAwait(false);
        return answer["Account"]?.ToString() ?? "";
    }
}
