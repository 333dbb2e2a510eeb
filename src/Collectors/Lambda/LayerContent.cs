using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Lambda;

/// <summary>The content of a version of a layer: <c>content.zip</c> and its files below <c>content/</c>.</summary>
/// <remarks>One request tells its SHA-256, which lists do not have; the content is fetched only where that is
/// new.</remarks>
internal sealed class LayerContent : IResourceContent
{
    // arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION
    private const int NameInArn = 6;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SourceEntry>> EntriesAsync(
        ResourceItem item, string folder, CancellationToken cancellationToken)
    {
        string stem = folder + "/content";
        string[] arn = (ListedZip.Text(item.Json, "LayerVersionArn") ?? "").Split(':');
        if (arn.Length != NameInArn + 2 || item.Json["Version"] is not { } version)
        {
            return ListedZip.Faults(stem, "Lambda lists it without its ARN");
        }

        string what = $"layer {arn[NameInArn]}:{version}";
        Task<JsonObject> GetAsync(CancellationToken token) => item.Calls.CallAsync(
            "GetLayerVersion",
            new JsonObject { ["LayerName"] = arn[NameInArn], ["VersionNumber"] = version.DeepClone() }, token);
        try
        {
            JsonObject listed = await GetAsync(cancellationToken).ConfigureAwait(false);
            return ListedZip.EntriesOf(item.Zips, stem, what, listed["Content"] as JsonObject, async (sha256, token) =>
            {
                JsonObject answer = await GetAsync(token).ConfigureAwait(false);
                var content = answer["Content"] as JsonObject;
                return ListedZip.Location(what, content, content, sha256);
            });
        }
        catch (IOException e)
        {
            return ListedZip.Faults(stem, e.Message);
        }
    }
}
