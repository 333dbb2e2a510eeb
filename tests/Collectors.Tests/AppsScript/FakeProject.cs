namespace JadaStore.Collectors.Tests.AppsScript;

/// <summary>A project of <see cref="GoogleServer"/>.</summary>
internal sealed class FakeProject(string id, string title)
{
    public string Id => id;

    public string Title { get; set; } = title;

    public string Updated { get; set; } = "2026-03-01T10:00:00.123Z";

    public string? Parent { get; init; }

    /// <summary>Name, type, source; in the project's order.</summary>
    public List<(string Name, string Type, string Source)> Files { get; } =
        [("appsscript", "JSON", "{\n  \"timeZone\": \"Europe/Berlin\"\n}"), ("Code", "SERVER_JS", "function f() {}\n")];

    /// <summary>By number.</summary>
    public Dictionary<int, List<(string Name, string Type, string Source)>> Versions { get; } = [];

    public List<string> Deployments { get; } = [];
}
