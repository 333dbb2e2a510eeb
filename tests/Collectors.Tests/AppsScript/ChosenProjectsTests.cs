using JadaStore.Collectors.AppsScript;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Collectors.Tests.AppsScript;

/// <summary>What becomes of projects that <c>scripts</c> and <c>folders</c> chose and choose no more.</summary>
public sealed class ChosenProjectsTests : IDisposable
{
    private readonly GoogleGround _ground = new();

    public ChosenProjectsTests()
    {
        foreach (string name in (string[])["a", "b"])
        {
            var project = new FakeProject($"id-{name}", name);
            project.Versions[1] = [("Code", "SERVER_JS", "one")];
            _ground.Google.Projects.Add(project);
            _ground.Tree.File($"clasp/{name}f/.clasp.json", $$"""{"scriptId": "id-{{name}}f", "rootDir": "src"}""");
            _ground.Tree.File($"clasp/{name}f/src/appsscript.json", "{}");
        }
    }

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("id-a id-b", "id-a", ".versions/b/ b/")]
    [InlineData("id-a id-b=x", "id-a", ".versions/x/ x/")]
    [InlineData("all", "id-a", ".versions/b/ b/")]
    [InlineData("clasp/af clasp/bf", "clasp/af", "bf/")]
    [InlineData("clasp id-a", "id-a", "af/ bf/")]
    [InlineData("id-a id-b", "id-a id-b current", ".versions/a/ .versions/b/")]
    [InlineData("id-a id-b", "all", "")]
    public async Task What_is_chosen_no_more_is_neither_removed_nor_lost(string before, string after, string untaken)
    {
        await using TempRepository repository = await TempRepository.MakeAsync();
        Snapshot first = await TakeAsync(repository, before);

        Snapshot second = await TakeAsync(repository, after);

        Assert.Empty(second.Record.Alarms);
        Assert.All(second.Record.Sources, source => Assert.True(source.Complete));
        string[] paths = untaken.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            paths.Select(path => (ChangeKind.NotTakenInNewer, $"apps-script/{path}")),
            await ChangesAsync(repository, first, second));
        Assert.Equal(
            paths.Select(path => (ChangeKind.NotTakenInOlder, $"apps-script/{path}")),
            await ChangesAsync(repository, second, first));
    }

    /// <summary>Chosen as before, and not there any more.</summary>
    [Theory]
    [InlineData("all")]
    [InlineData("clasp")]
    public async Task What_a_choice_gives_no_more_is_removed_and_lost(string choice)
    {
        await using TempRepository repository = await TempRepository.MakeAsync();
        Snapshot first = await TakeAsync(repository, choice);
        _ground.Google.Projects.RemoveAt(1);
        Directory.Delete(_ground.Tree["clasp/bf"], recursive: true);

        Snapshot second = await TakeAsync(repository, choice);

        Assert.Equal(AlarmKind.Lost, Assert.Single(second.Record.Alarms).Kind);
        List<(ChangeKind Kind, string Path)> changes = await ChangesAsync(repository, first, second);
        Assert.NotEmpty(changes);
        Assert.All(changes, change => Assert.Equal(ChangeKind.Removed, change.Kind));
    }

    [Fact]
    public async Task One_that_is_chosen_by_its_id_and_has_another_title_now_was_moved()
    {
        await using TempRepository repository = await TempRepository.MakeAsync();
        Snapshot first = await TakeAsync(repository, "id-a id-b");
        _ground.Google.Projects[1].Title = "c";

        Snapshot second = await TakeAsync(repository, "id-a id-b");

        List<(ChangeKind Kind, string Path)> changes = await ChangesAsync(repository, first, second);
        Assert.Contains((ChangeKind.Removed, "apps-script/b/Code.js"), changes);
        Assert.Contains((ChangeKind.Added, "apps-script/c/Code.js"), changes);
    }

    /// <summary>Refused and not chosen are not the same: of what is refused nothing is known.</summary>
    [Fact]
    public async Task One_that_is_refused_beside_one_that_is_chosen_no_more_is_unknown()
    {
        await using TempRepository repository = await TempRepository.MakeAsync();
        Snapshot first = await TakeAsync(repository, "id-a=x id-b");
        _ground.Google.Fault = path => path.StartsWith("/v1/projects/id-a", StringComparison.Ordinal)
            ? (404, GoogleServer.Error(404, "Requested entity was not found.", "NOT_FOUND")) : null;

        Snapshot second = await TakeAsync(repository, "id-a=x clasp");

        Assert.Empty(second.Record.Alarms);
        List<(ChangeKind Kind, string Path)> changes = await ChangesAsync(repository, first, second);
        Assert.Contains((ChangeKind.Unknown, "apps-script/x/Code.js"), changes);
        Assert.Contains((ChangeKind.NotTakenInNewer, "apps-script/b/"), changes);
        Assert.DoesNotContain(changes, change => change.Kind == ChangeKind.Removed);
    }

    private Task<Snapshot> TakeAsync(TempRepository repository, string choice)
    {
        string[] words = choice.Split(' ');
        AppsScriptSource source = _ground.Source(new AppsScriptOptions
        {
            All = words.Contains("all"),
            AllVersions = !words.Contains("current"),
            Scripts =
                [.. words.Where(word => word.StartsWith("id-", StringComparison.Ordinal)).Select(ScriptChoice.Parse)!],
            Folders =
            [
                .. words.Where(word => word.StartsWith("clasp", StringComparison.Ordinal))
                    .Select(word => _ground.Tree[word]),
            ],
        });
        return repository.Store.SnapshotAsync(
            new SnapshotRequest { Sources = [source], Alarm = new AlarmLimits { Least = 1 } }, null, default);
    }

    private static async Task<List<(ChangeKind Kind, string Path)>> ChangesAsync(
        TempRepository repository, Snapshot older, Snapshot newer) =>
    [
        .. (await repository.Store.DiffAsync(older, newer, [], default).ToListAsync())
            .Select(change => (change.Kind, change.Path.ToString())),
    ];
}
