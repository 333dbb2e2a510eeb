using System.Globalization;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Lightsail;

/// <summary>Asks Lightsail to make a snapshot of every instance of a region. The one thing that a collector makes, and
/// only when it is told to.</summary>
/// <remarks>
/// What is on an instance's disks cannot be read from outside; such a snapshot, which stays in the account, is the only
/// copy of it. AWS makes it in the background: it is listed, and so captured, as one that is pending.
/// </remarks>
internal static class InstanceSnapshots
{
    /// <summary>Asks for all of them.</summary>
    /// <param name="calls">Lightsail, in the region.</param>
    /// <param name="time">Now: stands in the snapshots' names, <c>jstore-INSTANCE-20261123-153000</c>.</param>
    /// <param name="cancellationToken">Stops before the next is asked for.</param>
    /// <returns>Instances of which none will be made, each with the reason.</returns>
    public static async Task<IReadOnlyList<(string Instance, string Reason)>> AskAsync(
        AwsCalls calls, DateTimeOffset time, CancellationToken cancellationToken)
    {
        string stamp = time.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var refused = new List<(string Instance, string Reason)>();
        foreach (string name in await InstancesAsync(calls, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await calls.CallAsync(
                    "CreateInstanceSnapshot",
                    new JsonObject { ["instanceSnapshotName"] = $"jstore-{name}-{stamp}", ["instanceName"] = name },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (AwsException e)
            {
                refused.Add((name, $"no snapshot of the instance was made: {e.Message}"));
            }
        }

        return refused;
    }

    // A region that cannot be listed has nothing to make; the walk that follows says why.
    private static async Task<IReadOnlyList<string>> InstancesAsync(
        AwsCalls calls, CancellationToken cancellationToken)
    {
        try
        {
            JsonObject answer = await calls.CallAllAsync("GetInstances", [], cancellationToken).ConfigureAwait(false);
            return
            [
                .. (answer["instances"] as JsonArray ?? []).OfType<JsonObject>()
                    .Select(instance => instance["name"]?.ToString()).OfType<string>(),
            ];
        }
        catch (AwsException)
        {
            return [];
        }
    }
}
