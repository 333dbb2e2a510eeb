using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Tests.Prune;

/// <summary>Forgets snapshots and brings them back.</summary>
internal static class Forgetting
{
    public static Task ForgetAsync(RepositoryParts parts, Snapshot snapshot) =>
        new Forgetter(parts).RunAsync(new ForgetRequest { Snapshots = [snapshot.Id.ToString()] }, default);

    /// <summary>False: it is gone, or not all there any more.</summary>
    public static async Task<bool> TryUndeleteAsync(RepositoryParts parts, Snapshot snapshot)
    {
        try
        {
            await new Undeleter(parts).RunAsync([snapshot.Id.ToString()], default);
            return true;
        }
        catch (StoreException e) when (e.Fault is StoreFault.Refused or StoreFault.NotFound)
        {
            return false;
        }
    }
}
