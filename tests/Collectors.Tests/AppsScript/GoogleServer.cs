using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.AppsScript;

namespace JadaStore.Collectors.Tests.AppsScript;

/// <summary>What jstore asks of Google, in the shapes of the discovery documents of script v1 and drive v3.</summary>
internal sealed class GoogleServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Lock _gate = new();

    public GoogleServer()
    {
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _ = RunAsync();
    }

    public Uri Url { get; }

    public GoogleEndpoints Endpoints => new(new Uri(Url, "v1/"), new Uri(Url, "drive/v3/"), new Uri(Url, "token"));

    /// <summary>The access token that is good; what the token service gives.</summary>
    public string Token { get; set; } = "good-token";

    public int PageSize { get; set; } = 2;

    public List<FakeProject> Projects { get; } = [];

    /// <summary>Asked first: a status and a body instead of the answer.</summary>
    public Func<string, (int Status, string Body)?> Fault { get; set; } = _ => null;

    /// <summary>Paths and queries in the order of asking; a token's request with its form.</summary>
    public List<string> Asked { get; } = [];

    public static string Error(int code, string message, string status = "", string? reason = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message, ["status"] = status };
        if (reason is not null)
        {
            error["details"] = new JsonArray(new JsonObject { ["reason"] = reason });
        }

        return new JsonObject { ["error"] = error }.ToJsonString();
    }

    public IReadOnlyList<string> AskedOf(string part)
    {
        lock (_gate)
        {
            return [.. Asked.Where(one => one.Contains(part, StringComparison.Ordinal))];
        }
    }

    public void Forget()
    {
        lock (_gate)
        {
            Asked.Clear();
        }
    }

    public void Dispose() => _listener.Close();

    private async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using HttpListenerResponse answer = context.Response;
        string path = context.Request.RawUrl!;
        if (path == "/token")
        {
            using var form = new StreamReader(context.Request.InputStream);
            path += "?" + await form.ReadToEndAsync();
        }

        lock (_gate)
        {
            Asked.Add(path);
        }

        (int status, string body) = Fault(path) ?? Answer(path, context.Request.Headers["Authorization"]);
        answer.StatusCode = status;
        if (status == 429)
        {
            answer.Headers["Retry-After"] = "0";
        }

        byte[] bytes = Encoding.UTF8.GetBytes(body);
        answer.ContentLength64 = bytes.Length;
        await answer.OutputStream.WriteAsync(bytes);
    }

    private (int Status, string Body) Answer(string path, string? authorization)
    {
        if (path.StartsWith("/token?", StringComparison.Ordinal))
        {
            return (200, new JsonObject { ["access_token"] = Token, ["expires_in"] = 3599 }.ToJsonString());
        }

        if (authorization != "Bearer " + Token)
        {
            return (401, Error(401, "Request had invalid authentication credentials.", "UNAUTHENTICATED"));
        }

        string[] parts = path.Split('?');
        Dictionary<string, string> query = (parts.Length == 1 ? "" : parts[1])
            .Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        if (parts[0] == "/drive/v3/files")
        {
            return query["q"] == "mimeType='application/vnd.google-apps.script' and trashed=false"
                ? Page(query, "files", Projects.Select(one => new JsonObject { ["id"] = one.Id, ["name"] = one.Title }))
                : (400, Error(400, "Invalid Value"));
        }

        string[] words = parts[0].Split('/');
        return words is ["", "v1", "projects", var id, ..] && Projects.Find(one => one.Id == id) is { } project
            ? Answer(project, words.Length > 4 ? words[4] : "", query)
            : (404, Error(404, "Requested entity was not found.", "NOT_FOUND"));
    }

    private (int Status, string Body) Answer(FakeProject project, string what, Dictionary<string, string> query) =>
        what switch
        {
            "" => (200, Project(project).ToJsonString()),
            "content" => (200, Content(project, query.GetValueOrDefault("versionNumber") is { } number
                ? project.Versions[int.Parse(number, CultureInfo.InvariantCulture)] : project.Files).ToJsonString()),
            "versions" => Page(query, "versions", project.Versions.Keys.OrderDescending().Select(one => new JsonObject
            {
                ["scriptId"] = project.Id, ["versionNumber"] = one, ["createTime"] = "2026-02-01T00:00:00Z",
            })),
            "deployments" => Page(query, "deployments", project.Deployments.Select(id => new JsonObject
            {
                ["deploymentId"] = id, ["deploymentConfig"] = new JsonObject { ["manifestFileName"] = "appsscript" },
            })),
            _ => (404, ""),
        };

    private static JsonObject Project(FakeProject project)
    {
        var json = new JsonObject
        {
            ["scriptId"] = project.Id,
            ["title"] = project.Title,
            ["updateTime"] = project.Updated,
            ["creator"] = new JsonObject { ["email"] = "a@example.org", ["photoUrl"] = Guid.NewGuid().ToString() },
        };
        if (project.Parent is not null)
        {
            json["parentId"] = project.Parent;
        }

        return json;
    }

    private static JsonObject Content(FakeProject project, List<(string Name, string Type, string Source)> files) => new()
    {
        ["scriptId"] = project.Id,
        ["files"] = new JsonArray(
        [
            .. files.Select(file => new JsonObject
            {
                ["name"] = file.Name, ["type"] = file.Type, ["source"] = file.Source,
            }),
        ]),
    };

    private (int Status, string Body) Page(Dictionary<string, string> query, string member, IEnumerable<JsonObject> all)
    {
        int from = int.Parse(query.GetValueOrDefault("pageToken") ?? "0", CultureInfo.InvariantCulture);
        JsonObject[] items = [.. all];
        var page = new JsonObject { [member] = new JsonArray([.. items.Skip(from).Take(PageSize)]) };
        if (from + PageSize < items.Length)
        {
            page["nextPageToken"] = (from + PageSize).ToString(CultureInfo.InvariantCulture);
        }

        return (200, page.ToJsonString());
    }
}
