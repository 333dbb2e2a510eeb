using System.Text.Json.Nodes;

namespace JadaStore.Collectors.AppsScript;

/// <summary>What is asked of Google: projects, their content, versions and deployments, and Drive's list of
/// them.</summary>
/// <remarks>Only reads. Thread-safe.</remarks>
internal sealed class ScriptApi(GoogleApi google, GoogleEndpoints endpoints)
{
    private const int MostPages = 10_000;

    /// <summary>A project: title, times, people.</summary>
    /// <exception cref="GoogleException">It cannot be had.</exception>
    public Task<JsonObject> ProjectAsync(string id, CancellationToken cancellationToken) =>
        google.GetAsync($"the project {id}", new Uri(endpoints.Script, $"projects/{id}"), cancellationToken);

    /// <summary>Its files.</summary>
    /// <param name="id">The project.</param>
    /// <param name="version">Of that version; null: as they are now.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="GoogleException">They cannot be had.</exception>
    public Task<JsonObject> ContentAsync(string id, long? version, CancellationToken cancellationToken)
    {
        string of = version is null ? "" : FormattableString.Invariant($"?versionNumber={version}");
        return google.GetAsync(
            $"the content of {id}", new Uri(endpoints.Script, $"projects/{id}/content{of}"), cancellationToken);
    }

    /// <summary>Its versions, all pages, from the first on.</summary>
    /// <exception cref="GoogleException">They cannot be had.</exception>
    public async Task<JsonArray> VersionsAsync(string id, CancellationToken cancellationToken) => new(
    [
        .. (await AllAsync(
                $"the versions of {id}", new Uri(endpoints.Script, $"projects/{id}/versions?pageSize=50"), "versions",
                cancellationToken).ConfigureAwait(false))
            .OrderBy(version => GoogleJson.Number(version, "versionNumber") ?? 0),
    ]);

    /// <summary>Its deployments, all pages, by their ids.</summary>
    /// <exception cref="GoogleException">They cannot be had.</exception>
    public async Task<JsonArray> DeploymentsAsync(string id, CancellationToken cancellationToken) => new(
    [
        .. (await AllAsync(
                $"the deployments of {id}", new Uri(endpoints.Script, $"projects/{id}/deployments?pageSize=50"),
                "deployments", cancellationToken).ConfigureAwait(false))
            .OrderBy(deployment => GoogleJson.Text(deployment, "deploymentId") ?? "", StringComparer.Ordinal),
    ]);

    /// <summary>The projects that Drive lists: ids and titles.</summary>
    /// <exception cref="GoogleException">They cannot be had.</exception>
    public async Task<IReadOnlyList<(string Id, string Title)>> ProjectsAsync(CancellationToken cancellationToken)
    {
        string query = Uri.EscapeDataString("mimeType='application/vnd.google-apps.script' and trashed=false");
        string fields = Uri.EscapeDataString("nextPageToken,files(id,name)");
        var url = new Uri(
            endpoints.Drive,
            $"files?q={query}&fields={fields}&pageSize=1000&supportsAllDrives=true&includeItemsFromAllDrives=true");
        List<JsonObject> files =
            await AllAsync("Drive's list of projects", url, "files", cancellationToken).ConfigureAwait(false);
        return
        [
            .. files.Select(file => (Id: GoogleJson.Text(file, "id") ?? "", Title: GoogleJson.Text(file, "name") ?? ""))
                .Where(file => ScriptChoice.IsId(file.Id)).DistinctBy(file => file.Id),
        ];
    }

    private async Task<List<JsonObject>> AllAsync(
        string what, Uri url, string member, CancellationToken cancellationToken)
    {
        var all = new List<JsonObject>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Uri next = url;
        while (true)
        {
            JsonObject page = await google.GetAsync(what, next, cancellationToken).ConfigureAwait(false);
            all.AddRange(GoogleJson.Objects(page, member).Select(item => (JsonObject)item.DeepClone()));
            if (GoogleJson.Text(page, "nextPageToken") is not { Length: > 0 } token)
            {
                return all;
            }

            if (!seen.Add(token) || seen.Count > MostPages)
            {
                throw new GoogleException(200, "", $"{what}: the pages go in a circle");
            }

            next = new Uri($"{url}&pageToken={Uri.EscapeDataString(token)}");
        }
    }
}
