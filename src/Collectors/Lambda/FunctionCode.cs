using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Lambda;

/// <summary>
/// The code of a function, or of a version of it: <c>code.zip</c> and its files below <c>code/</c>; of one that is an
/// image, <c>image.json</c>, which tells where that lies.
/// </summary>
/// <remarks>Nothing is asked for but what an image is, as long as <c>CodeSha256</c> is the same.</remarks>
internal sealed class FunctionCode : IResourceContent
{
    private const string Latest = "$LATEST";

    private static readonly string[] ImageMembers = ["ImageUri", "RepositoryType", "ResolvedImageUri"];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SourceEntry>> EntriesAsync(
        ResourceItem item, string folder, CancellationToken cancellationToken)
    {
        string name = ListedZip.Text(item.Json, "FunctionName") ?? "";
        string version = ListedZip.Text(item.Json, "Version") ?? Latest;
        string what = version == Latest ? $"the code of {name}" : $"the code of {name}:{version}";
        if (ListedZip.Text(item.Json, "PackageType") == "Image")
        {
            return [await ImageAsync(item, folder + "/image.json", name, version, cancellationToken)
                .ConfigureAwait(false)];
        }

        return ListedZip.EntriesOf(item.Zips, folder + "/code", what, item.Json, async (sha256, token) =>
        {
            JsonObject answer = await GetAsync(item, name, version, token).ConfigureAwait(false);
            return ListedZip.Location(what, answer["Code"] as JsonObject, answer["Configuration"] as JsonObject,
                sha256);
        });
    }

    private static async Task<SourceEntry> ImageAsync(
        ResourceItem item, string path, string name, string version, CancellationToken cancellationToken)
    {
        try
        {
            JsonObject answer = await GetAsync(item, name, version, cancellationToken).ConfigureAwait(false);
            var image = new JsonObject();
            foreach (string member in ImageMembers)
            {
                if (answer["Code"]?[member] is { } value)
                {
                    image[member] = value.DeepClone();
                }
            }

            return DocumentEntry.Of(path, CanonicalJson.Write(image));
        }
        catch (IOException e)
        {
            return new SourceFault { Path = new EntryPath(path), Kind = EntryKind.File, Message = e.Message };
        }
    }

    private static Task<JsonObject> GetAsync(
        ResourceItem item, string name, string version, CancellationToken cancellationToken)
    {
        var input = new JsonObject { ["FunctionName"] = name };
        if (version != Latest)
        {
            input["Qualifier"] = version;
        }

        return item.Calls.CallAsync("GetFunction", input, cancellationToken);
    }
}
