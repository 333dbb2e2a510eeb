using System.Diagnostics;
using System.Text.Json.Nodes;
using JadaStore.Collectors.AppsScript;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Collectors.Tests.AppsScript;

/// <summary>Projects through a repository and back.</summary>
public sealed class RestoredProjectTests : IDisposable
{
    private readonly GoogleGround _ground = new();
    private readonly FakeProject _project = new("id-1", "booking");

    public RestoredProjectTests()
    {
        _project.Files.Insert(1, ("util/dates", "SERVER_JS", "// first"));
        _project.Files.Add(("Page", "HTML", "<p>"));
        _project.Versions[1] = [("appsscript", "JSON", "{}"), ("Code", "SERVER_JS", "one")];
        _project.Versions[2] = [("appsscript", "JSON", "{}"), ("Code", "SERVER_JS", "two")];
        _ground.Google.Projects.AddRange([_project, new FakeProject("id-2", "other")]);
    }

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task An_unchanged_project_is_carried_over_and_none_of_its_files_asked_for()
    {
        await using TempRepository repository = await TempRepository.MakeAsync();
        Snapshot first = await repository.SnapshotAsync(_ground.All());
        Assert.Equal(4, _ground.Google.AskedOf("/content").Count);
        _ground.Google.Forget();

        Snapshot second = await repository.SnapshotAsync(_ground.All());

        Assert.Empty(_ground.Google.AskedOf("/content"));
        Assert.Equal(first.Record.Sources[0].Tree, second.Record.Sources[0].Tree);
        Assert.Equal(0, second.Record.AddedBytes);
    }

    [Fact]
    public async Task Only_what_changed_is_asked_for_again()
    {
        await using TempRepository repository = await TempRepository.MakeAsync();
        await repository.SnapshotAsync(_ground.All());
        _ground.Google.Forget();
        _project.Updated = "2026-03-02T00:00:00Z";
        _project.Files[2] = ("Code", "SERVER_JS", "function g() {}");
        _project.Versions[3] = [("Code", "SERVER_JS", "three")];

        Snapshot second = await repository.SnapshotAsync(_ground.All());

        Assert.Equal(
            ["/v1/projects/id-1/content", "/v1/projects/id-1/content?versionNumber=3"],
            _ground.Google.AskedOf("/content").Order());
        Dictionary<string, Entry> entries = await repository.EntriesAsync(second);
        Assert.Contains("apps-script/.versions/booking/1/Code.js", entries.Keys);
        Assert.Contains("apps-script/.versions/booking/3/Code.js", entries.Keys);
        Assert.Equal(15, entries["apps-script/booking/Code.js"].Size);
    }

    [Fact]
    public async Task A_project_that_is_refused_today_does_not_pass_for_removed()
    {
        await using TempRepository repository = await TempRepository.MakeAsync();
        Snapshot first = await repository.SnapshotAsync(_ground.All());
        _ground.Google.Fault = path => path.StartsWith("/v1/projects/id-1", StringComparison.Ordinal)
            ? (403, GoogleServer.Error(403, "The caller does not have permission", "PERMISSION_DENIED")) : null;

        Snapshot second = await repository.SnapshotAsync(_ground.All());

        Assert.False(second.Record.Sources[0].Complete);
        List<Change> changes = await repository.Store.DiffAsync(first, second, [], default).ToListAsync();
        Assert.DoesNotContain(changes, change => change.Kind is ChangeKind.Removed);
    }

    /// <summary>Its folder was called after the title, which nobody tells now.</summary>
    [Fact]
    public async Task A_project_that_is_named_by_its_id_alone_and_refused_today_does_not_pass_for_removed()
    {
        await using TempRepository repository = await TempRepository.MakeAsync();
        Snapshot first = await repository.SnapshotAsync(
            _ground.Source(new AppsScriptOptions { Scripts = [new ScriptChoice("id-1", null)] }));
        _ground.Google.Fault = path => path.StartsWith("/v1/projects/id-1", StringComparison.Ordinal)
            ? (404, GoogleServer.Error(404, "Requested entity was not found.", "NOT_FOUND")) : null;

        Snapshot second =
            await repository.SnapshotAsync(
                _ground.Source(new AppsScriptOptions { Scripts = [new ScriptChoice("id-1", null)] }));

        Assert.Contains("apps-script/booking/Code.js", (await repository.EntriesAsync(first)).Keys);
        List<Change> changes = await repository.Store.DiffAsync(first, second, [], default).ToListAsync();
        Assert.Contains(
            changes,
            change => change.Path.ToString() == "apps-script/booking/Code.js" && change.Kind == ChangeKind.Unknown);
        Assert.DoesNotContain(changes, change => change.Kind is ChangeKind.Removed);
    }

    [ClaspFact]
    public async Task Clasp_works_in_the_restored_folder_and_would_push_what_was_there()
    {
        await using TempRepository repository = await TempRepository.MakeAsync();
        Snapshot snapshot = await repository.SnapshotAsync(_ground.All());
        RestoreReport report = await repository.RestoreAsync(
            new RestoreRequest { Snapshot = snapshot, Paths = ["apps-script/booking"] });
        Assert.Empty(report.Errors);

        string folder = Path.Combine(repository.Target, "apps-script/booking");
        var start = new ProcessStartInfo(ClaspFactAttribute.Program!, ["status", "--json"])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = folder;
        using Process clasp = Process.Start(start)!;
        JsonNode status = JsonNode.Parse(await clasp.StandardOutput.ReadToEndAsync())!;
        await clasp.WaitForExitAsync();

        Assert.Equal(
            ["Code.js", "Page.html", "appsscript.json", "util/dates.js"],
            status["filesToPush"]!.AsArray().Select(one => one!.ToString()).Order(StringComparer.Ordinal));
    }
}
