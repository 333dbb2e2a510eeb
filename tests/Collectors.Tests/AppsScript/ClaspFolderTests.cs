using JadaStore.Collectors.AppsScript;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.AppsScript;

public sealed class ClaspFolderTests : IDisposable
{
    private readonly GoogleGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task A_folder_that_clasp_pulled_is_taken_as_it_is_and_Google_not_asked()
    {
        Pulled("tools/booking");
        _ground.Tree.File("tools/booking/src/Code.gs", "function f() {}");
        _ground.Tree.File("tools/booking/node_modules/x/y.js", "not ours");
        _ground.Tree.File("tools/booking/.clasprc.json", "a login");

        SortedDictionary<string, string> found = await GoogleGround.ReadAsync(Source("tools/booking"));

        Assert.Equal(
            [
                "booking/", "booking/.clasp.json", "booking/src/", "booking/src/Code.gs", "booking/src/appsscript.json",
            ],
            found.Keys);
        Assert.Equal("function f() {}", found["booking/src/Code.gs"]);
        Assert.Empty(_ground.Google.Asked);
    }

    [Fact]
    public async Task A_folder_of_projects_is_searched()
    {
        Pulled("all/b");
        Pulled("all/a/deep");
        _ground.Tree.File("all/none/Code.js", "no project");
        _ground.Tree.File("all/node_modules/dep/.clasp.json", "{}");

        AppsScriptSource source = Source("all");
        SortedDictionary<string, string> found = await GoogleGround.ReadAsync(source);

        Assert.Equal(["b", "deep"], found.Keys.Select(path => path.Split('/')[0]).Distinct());
        Assert.Equal(new SourceItems("projects", 2, 2), source.Items);
        Assert.Contains("--exclude node_modules/", source.Excluded);
    }

    [Fact]
    public async Task Two_projects_of_one_name_are_told_apart_by_their_ids()
    {
        Pulled("x/same", "id-x");
        Pulled("y/same", "id-y");

        SortedDictionary<string, string> found = await GoogleGround.ReadAsync(Source("x", "y"));

        Assert.Equal(["same~id-x", "same~id-y"], found.Keys.Select(path => path.Split('/')[0]).Distinct());
    }

    [Fact]
    public async Task Files_that_lie_outside_are_said_to_be_missing()
    {
        _ground.Tree.File("p/.clasp.json", """{"scriptId": "x", /* by hand */ "rootDir": "../elsewhere",}""");
        AppsScriptSource source = Source("p");

        await GoogleGround.ReadAsync(source);

        Assert.Contains(source.Coverage, line =>
            line.State == CoverageState.Partial && line.Reason.Contains("../elsewhere", StringComparison.Ordinal));
    }

    [Theory, InlineData(""), InlineData("{"), InlineData("7"), InlineData("{\"scriptId\": 7}")]
    public async Task Settings_that_cannot_be_read_are_captured_all_the_same(string json)
    {
        _ground.Tree.File("p/.clasp.json", json);

        Assert.Equal(json, (await GoogleGround.ReadAsync(Source("p")))["p/.clasp.json"]);
    }

    [Theory, InlineData("nowhere"), InlineData("empty")]
    public async Task A_folder_without_projects_is_an_error(string folder)
    {
        _ground.Tree.Folder("empty");

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => GoogleGround.ReadAsync(Source(folder)));

        Assert.Equal(StoreFault.SourceUnreachable, e.Fault);
    }

    [Fact]
    public async Task Folders_are_whole_when_nobody_is_logged_in()
    {
        Pulled("p");
        File.Delete(_ground.LoginFile);
        AppsScriptSource source = _ground.Source(new AppsScriptOptions { All = true, Folders = [_ground.Tree["p"]] });

        Assert.Contains("p/.clasp.json", (await GoogleGround.ReadAsync(source)).Keys);
        Assert.Contains("clasp is not logged in", source.BrokeOff!.Message, StringComparison.Ordinal);
    }

    private AppsScriptSource Source(params string[] folders) =>
        _ground.Source(new AppsScriptOptions { Folders = [.. folders.Select(folder => _ground.Tree[folder])] });

    private void Pulled(string folder, string id = "the-id")
    {
        _ground.Tree.File($"{folder}/.clasp.json", $$"""{"scriptId": "{{id}}", "rootDir": "src"}""");
        _ground.Tree.File($"{folder}/src/appsscript.json", "{}");
    }
}
