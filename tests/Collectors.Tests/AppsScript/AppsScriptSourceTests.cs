using JadaStore.Collectors.AppsScript;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.AppsScript;

public sealed class AppsScriptSourceTests : IDisposable
{
    private readonly GoogleGround _ground = new();

    private GoogleServer Google => _ground.Google;

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task A_project_is_a_folder_as_clasp_makes_it_with_notes_of_what_clasp_has_no_file_for()
    {
        var booking = new FakeProject("id-1", "booking") { Parent = "the-sheet" };
        booking.Files.Add(("util/dates", "SERVER_JS", "const x = 'ü';"));
        booking.Files.Add(("a/Page", "HTML", "<p>"));
        booking.Files.Add(("Empty", "SERVER_JS", ""));
        booking.Versions[1] = [("Code", "SERVER_JS", "one")];
        booking.Versions[2] = [("Code", "SERVER_JS", "two")];
        booking.Versions[10] = [("x/Code", "SERVER_JS", "ten")];
        booking.Deployments.AddRange(["d3", "d1", "d2"]);
        Google.Projects.Add(booking);

        SortedDictionary<string, string> found = await GoogleGround.ReadAsync(_ground.All());

        Assert.Equal(
            [
                ".versions/booking/1/", ".versions/booking/1/Code.js",
                ".versions/booking/10/", ".versions/booking/10/x/Code.js",
                ".versions/booking/2/", ".versions/booking/2/Code.js",
                "booking/", "booking/.apps-script/deployments.json", "booking/.apps-script/project.json",
                "booking/.apps-script/versions.json", "booking/.clasp.json", "booking/Code.js", "booking/Empty.js",
                "booking/a/Page.html", "booking/appsscript.json", "booking/util/dates.js",
            ],
            found.Keys);
        Assert.Equal("ten", found[".versions/booking/10/x/Code.js"]);
        Assert.Equal("const x = 'ü';", found["booking/util/dates.js"]);
        Assert.Equal(booking.Files[0].Source, found["booking/appsscript.json"]);
        Assert.Equal(
            """
            {
                "filePushOrder": [
                    "Code.js",
                    "util/dates.js",
                    "a/Page.html",
                    "Empty.js"
                ],
                "parentId": [
                    "the-sheet"
                ],
                "scriptId": "id-1"
            }

            """,
            found["booking/.clasp.json"]);
        Assert.Equal(3, found["booking/.apps-script/versions.json"].Split("\"versionNumber\"").Length - 1);
        string deployments = found["booking/.apps-script/deployments.json"];
        Assert.True(deployments.IndexOf("\"d1\"", StringComparison.Ordinal) is var d1 and > 0
            && deployments.IndexOf("\"d2\"", StringComparison.Ordinal) > d1);
        Assert.DoesNotContain("photoUrl", found["booking/.apps-script/project.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_reads_and_the_token_is_asked_for()
    {
        Google.Projects.Add(new FakeProject("id-1", "a"));

        await GoogleGround.ReadAsync(_ground.All());

        Assert.Equal(
            "/token?grant_type=refresh_token&client_id=the-client&client_secret=the-secret&refresh_token=the-refresh",
            Assert.Single(Google.AskedOf("/token")));
        Assert.Equal(6, Google.Asked.Count);
    }

    [Fact]
    public async Task An_unchanged_project_has_the_same_fingerprint_and_any_change_another()
    {
        var project = new FakeProject("id-1", "a");
        Google.Projects.Add(project);
        string before = await FingerprintAsync();

        Assert.Equal(before, await FingerprintAsync());
        project.Updated = "2026-03-01T10:00:00.124Z";
        string updated = await FingerprintAsync();
        project.Versions[1] = [];
        string versioned = await FingerprintAsync();
        project.Deployments.Add("d");
        Assert.Equal(4, new HashSet<string>([before, updated, versioned, await FingerprintAsync()]).Count);
    }

    [Fact]
    public async Task Projects_of_one_title_and_titles_that_are_no_names_have_folders_of_their_own()
    {
        Google.Projects.AddRange(
        [
            new FakeProject("i1", "same"), new FakeProject("i2", "same"), new FakeProject("i3", "a/b 100%"),
            new FakeProject("i4", ".."), new FakeProject("i5", ""), new FakeProject("i6", ".versions"),
            new FakeProject("i7", "same~i1"), new FakeProject("i8", new string('x', 300)),
        ]);

        SortedDictionary<string, string> found = await GoogleGround.ReadAsync(_ground.All());

        Assert.Equal(
            [
                "%2E.", "%2Eversions", "a%2Fb 100%25", "i5", "same~i1", "same~i1~2", "same~i2",
                new string('x', 200) + "~i8",
            ],
            found.Keys.Select(path => path.Split('/')[0]).Distinct());
    }

    [Theory]
    [InlineData("../../etc/passwd", "..%2F..%2Fetc%2Fpasswd.js")]
    [InlineData("/abs", "%2Fabs.js")]
    [InlineData("a//b", "a%2F%2Fb.js")]
    [InlineData("a/./b", "a%2F.%2Fb.js")]
    [InlineData("a\0b", "a%00b.js")]
    [InlineData("ok/100%", "ok/100%.js")]
    [InlineData("..", "...js")]
    public async Task No_file_leads_out_of_its_project(string name, string path)
    {
        var project = new FakeProject("i", "p");
        project.Files.Add((name, "SERVER_JS", "x"));
        Google.Projects.Add(project);

        Assert.Equal("x", (await GoogleGround.ReadAsync(_ground.All()))["p/" + path]);
    }

    [Fact]
    public async Task Files_of_one_name_are_all_kept()
    {
        var project = new FakeProject("i", "p");
        project.Files.Add(("Code", "SERVER_JS", "again"));
        project.Files.Add((".clasp", "JSON", "not the settings"));
        project.Files.Add(("odd", "LATER", "?"));
        Google.Projects.Add(project);

        SortedDictionary<string, string> found = await GoogleGround.ReadAsync(_ground.All());

        Assert.Equal("again", found["p/Code~2.js"]);
        Assert.Equal("?", found["p/odd.txt"]);
        Assert.Contains("\"scriptId\": \"i\"", found["p/.clasp.json"], StringComparison.Ordinal);
        Assert.Equal("not the settings", found["p/.clasp~2.json"]);
    }

    [Fact]
    public async Task Named_projects_have_their_given_names_and_Drive_is_not_asked()
    {
        Google.Projects.AddRange([new FakeProject("i1", "one"), new FakeProject("i2", "two")]);
        AppsScriptSource source = _ground.Source(new AppsScriptOptions
        {
            Scripts = [new ScriptChoice("i2", null), new ScriptChoice("i1", "mine")],
            Prefix = "acme",
            AllVersions = false,
        });

        SortedDictionary<string, string> found = await GoogleGround.ReadAsync(source);

        Assert.Equal(["mine", "two"], found.Keys.Select(path => path.Split('/')[0]).Distinct());
        Assert.Equal("acme/apps-script", source.Root);
        Assert.Empty(Google.AskedOf("drive"));
        Assert.Equal(new SourceItems("projects", 2, 2), source.Items);
    }

    [Fact]
    public async Task All_pages_of_projects_and_versions_are_taken()
    {
        Google.Projects.AddRange(Enumerable.Range(1, 7).Select(number => new FakeProject($"i{number}", $"p{number}")));
        foreach (int number in Enumerable.Range(1, 5))
        {
            Google.Projects[0].Versions[number] = [("Code", "SERVER_JS", "x")];
        }

        SortedDictionary<string, string> found = await GoogleGround.ReadAsync(_ground.All());

        ILookup<char, string> scripts = found.Keys.Where(path => path.EndsWith("/Code.js", StringComparison.Ordinal))
            .ToLookup(path => path[0]);
        Assert.Equal((7, 5), (scripts['p'].Count(), scripts['.'].Count()));
    }

    [Fact]
    public async Task What_cannot_be_read_out_is_said()
    {
        Google.Projects.Add(new FakeProject("i", "p"));
        AppsScriptSource source = _ground.All();

        await GoogleGround.ReadAsync(source);

        Assert.Equal(
            [
                ("projects", CoverageState.Captured, 1), ("bound projects", CoverageState.NotExported, 0),
                ("properties, triggers, executions", CoverageState.NotExported, 0),
            ],
            source.Coverage.Select(line => (line.Area, line.State, (int)line.Count)));
    }

    [Fact]
    public async Task One_project_that_is_gone_leaves_the_others_whole()
    {
        Google.Projects.Add(new FakeProject("i1", "one"));
        AppsScriptSource source = _ground.Source(new AppsScriptOptions
        {
            Scripts = [new ScriptChoice("gone", null), new ScriptChoice("i1", null)],
        });

        SortedDictionary<string, string> found = await GoogleGround.ReadAsync(source);

        Assert.Contains("Requested entity was not found", found["gone/"], StringComparison.Ordinal);
        Assert.Contains("function f", found["one/Code.js"], StringComparison.Ordinal);
        Assert.Null(source.BrokeOff);
        Assert.Equal(CoverageState.Partial, source.Coverage[0].State);
    }

    [Fact]
    public async Task A_project_whose_title_is_not_known_today_does_not_pass_for_removed()
    {
        Google.Projects.Add(new FakeProject("i1", "one"));
        Google.Fault = path => path == "/v1/projects/i2"
            ? (403, GoogleServer.Error(403, "No.", "PERMISSION_DENIED")) : null;
        AppsScriptSource source = _ground.Source(new AppsScriptOptions
        {
            Scripts = [new ScriptChoice("i2", null), new ScriptChoice("i1", null)],
        });

        SortedDictionary<string, string> found = await GoogleGround.ReadAsync(source);

        Assert.StartsWith("FAULT ", found["i2/"], StringComparison.Ordinal);
        Assert.Contains("one/Code.js", found.Keys);
        Assert.NotNull(source.BrokeOff);
    }

    [Fact]
    public async Task Lists_that_are_refused_are_faults_beside_the_files()
    {
        Google.Projects.Add(new FakeProject("i1", "one"));
        Google.Fault = path => path.Contains("/versions", StringComparison.Ordinal) ? (403, "<html>") : null;

        SortedDictionary<string, string> found = await GoogleGround.ReadAsync(_ground.All());

        Assert.Contains("HTTP 403", found["one/.apps-script/versions.json"], StringComparison.Ordinal);
        Assert.Contains("HTTP 403", found[".versions/one/"], StringComparison.Ordinal);
        Assert.Contains("function f", found["one/Code.js"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_has_not_switched_the_API_on_is_told_in_Googles_words()
    {
        Google.Projects.Add(new FakeProject("i1", "one"));
        Google.Fault = path => path.StartsWith("/v1/", StringComparison.Ordinal)
            ? (403, GoogleServer.Error(
                403, "User has not enabled the Apps Script API. Enable it by visiting "
                    + "https://script.google.com/home/usersettings then retry.", "PERMISSION_DENIED"))
            : null;

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => GoogleGround.ReadAsync(_ground.All()));

        Assert.Equal(StoreFault.SourceUnreachable, e.Fault);
        Assert.Contains("https://script.google.com/home/usersettings", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_may_not_list_Drive_is_told_to_name_projects()
    {
        Google.Fault = path => path.StartsWith("/drive", StringComparison.Ordinal)
            ? (403, GoogleServer.Error(
                403, "Request had insufficient authentication scopes.", "PERMISSION_DENIED",
                "ACCESS_TOKEN_SCOPE_INSUFFICIENT"))
            : null;

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => GoogleGround.ReadAsync(_ground.All()));

        Assert.Contains("ACCESS_TOKEN_SCOPE_INSUFFICIENT", e.Message, StringComparison.Ordinal);
        Assert.Contains("scripts = [", e.Hint, StringComparison.Ordinal);
    }

    [Theory, InlineData(429), InlineData(500), InlineData(503)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        Google.Projects.Add(new FakeProject("i1", "one"));
        int left = 3;
        Google.Fault = path => path.Contains("/content", StringComparison.Ordinal) && left-- > 0 ? (status, "") : null;

        SortedDictionary<string, string> found = await GoogleGround.ReadAsync(_ground.All());

        Assert.Contains("function f", found["one/Code.js"], StringComparison.Ordinal);
        Assert.Equal(4, Google.AskedOf("/content").Count);
    }

    [Theory, InlineData("[]"), InlineData("{"), InlineData("{\"title\": \"\\ud800\"}"), InlineData("{\"a\":1,\"a\":2}")]
    public async Task What_is_no_answer_is_a_fault_and_no_crash(string body)
    {
        Google.Projects.AddRange([new FakeProject("i1", "one"), new FakeProject("i2", "two")]);
        Google.Fault = path => path == "/v1/projects/i1" ? (200, body) : null;

        SortedDictionary<string, string> found = await GoogleGround.ReadAsync(_ground.All());

        Assert.Contains("no JSON object", found["one/"], StringComparison.Ordinal);
        Assert.Contains("two/Code.js", found.Keys);
    }

    private async Task<string> FingerprintAsync()
    {
        List<SourceEntry> entries = await _ground.All().CollectAsync(default).ToListAsync();
        return Convert.ToHexString(entries.Single(entry => entry.Path == new EntryPath("a/")).Fingerprint);
    }
}
