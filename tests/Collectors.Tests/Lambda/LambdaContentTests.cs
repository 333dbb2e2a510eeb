using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Collectors.Tests.Lambda;

/// <summary>
/// What Lambda holds of functions and layers; the answers are built from the AWS documentation's examples, since moto
/// has no code to fetch.
/// </summary>
public sealed class LambdaContentTests : IDisposable
{
    private readonly LambdaGround _lambda = new();

    public void Dispose() => _lambda.Dispose();

    /// <summary>All regions, one of them, all of them: the code of the others lies in the repository already.</summary>
    [Fact]
    public async Task After_a_snapshot_of_one_region_the_code_of_the_others_is_not_fetched_again()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        string[] regions = ["eu-west-1", "us-east-1", "us-west-2"];
        foreach (string region in regions)
        {
            _lambda.Code[region] = RawZip.OfFiles(("index.js", $"// {region}"), ("lib.js", "// library"));
        }

        Snapshot whole = await temp.SnapshotAsync(await OfAsync(regions));
        Assert.Equal(3, _lambda.Zips.Server.Requests.Count);
        await temp.SnapshotAsync(await OfAsync("eu-west-1"));
        Snapshot again = await temp.SnapshotAsync(await OfAsync(regions));
        Assert.Equal(3, _lambda.Zips.Server.Requests.Count);
        Assert.Equal(whole.Record.Sources[0].Tree, again.Record.Sources[0].Tree);

        await temp.SnapshotAsync(await OfAsync("eu-west-1"));
        _lambda.Code["us-west-2"] = RawZip.OfFiles(("index.js", "// another"));
        await temp.SnapshotAsync(await OfAsync(regions));
        Assert.Equal(4, _lambda.Zips.Server.Requests.Count);

        async Task<ICollector> OfAsync(params string[] all)
        {
            var entries = new List<SourceEntry>();
            foreach (string region in all)
            {
                entries.AddRange(await ContentSources.Of("lambda-code")!.EntriesAsync(
                    _lambda.Item(_lambda.Function(region)), $"{region}/fn", default));
            }

            return new ListedSource("lambda", [.. entries])
            {
                ReadsAtOnce = 8,
                Coverage =
                    [.. all.Select(region => new CoverageLine(region + "/functions", CoverageState.Captured, 1))],
            };
        }
    }

    [Fact]
    public async Task Code_of_functions_and_versions_is_fetched_once_and_not_at_all_while_its_SHA256_is_the_same()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        _lambda.Code["one"] = _lambda.Code["one:1"] = RawZip.OfFiles(("index.js", "1"));
        _lambda.Code["two"] = RawZip.OfFiles(("index.js", "2"));
        await temp.SnapshotAsync(await FunctionsAsync());
        int asked = _lambda.Asked.Count();

        Snapshot second = await temp.SnapshotAsync(await FunctionsAsync());

        // The version has what the function has: asked for once.
        Assert.Equal(2, asked);
        Assert.Equal(asked, _lambda.Asked.Count());
        Assert.Equal(2, _lambda.Zips.Server.Requests.Count);
        Assert.Equal(0, second.Record.StoredBytes);
        Assert.Equal(
            ["r/one/code.zip", "r/one/code/", "r/one/code/index.js", "r/one/versions/1/code.zip",
                "r/one/versions/1/code/",
                "r/one/versions/1/code/index.js", "r/two/code.zip", "r/two/code/", "r/two/code/index.js"],
            (await temp.EntriesAsync(second)).Keys.Select(path => path["lambda/".Length..]));

        _lambda.Code["one"] = RawZip.OfFiles(("index.js", "3"));
        Snapshot third = await temp.SnapshotAsync(await FunctionsAsync());
        Assert.Equal(
            ["lambda/r/one/code.zip", "lambda/r/one/code/index.js"],
            await temp.Store.DiffAsync(second, third, [], default).Select(change =>
                change.Path.ToString()).ToListAsync());
        Assert.Equal(3, _lambda.Zips.Server.Requests.Count);
    }

    [Fact]
    public async Task A_version_is_asked_for_by_its_qualifier()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        _lambda.Code["one:7"] = RawZip.OfFiles(("index.js", "7"));

        Snapshot snapshot = await temp.SnapshotAsync(
            await _lambda.SourceAsync(("lambda-code", _lambda.Function("one", "7"), "r/one/versions/7")));

        Assert.True(snapshot.Record.Sources[0].Complete);
        Assert.Equal("7", Assert.Single(_lambda.Transport.Sent).Query.Single().Value);
    }

    [Fact]
    public async Task Code_that_changed_after_it_was_listed_is_a_problem_and_captured_the_next_time()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        _lambda.Code["one"] = RawZip.OfFiles(("index.js", "1"));
        ListedSource listed = await _lambda.SourceAsync(("lambda-code", _lambda.Function("one"), "r/one"));
        _lambda.Code["one"] = RawZip.OfFiles(("index.js", "2"));

        Snapshot torn = await temp.SnapshotAsync(listed);
        Snapshot whole = await temp.SnapshotAsync(
            await _lambda.SourceAsync(("lambda-code", _lambda.Function("one"), "r/one")));

        Assert.All(torn.Record.Sources[0].Errors, error =>
            Assert.Equal("the code of one changed after it was listed", error.Message));
        Assert.Equal(2, torn.Record.Sources[0].Errors.Count);
        Assert.True(whole.Record.Sources[0].Complete);
    }

    [Theory]
    [InlineData("CodeSha256", null)]
    [InlineData("CodeSha256", "\"\"")]
    [InlineData("CodeSha256", "\"not base64!\"")]
    [InlineData("CodeSha256", "[1]")]
    [InlineData("CodeSize", null)]
    [InlineData("CodeSize", "-1")]
    [InlineData("CodeSize", "1152921504606846976")]
    [InlineData("CodeSize", "\"12\"")]
    public async Task What_Lambda_tells_nothing_good_of_is_a_fault_and_nothing_is_asked(string member, string? value)
    {
        _lambda.Code["one"] = RawZip.Of();
        JsonObject json = _lambda.Function("one");
        json[member] = value is null ? null : JsonNode.Parse(value);

        ListedSource source = await _lambda.SourceAsync(("lambda-code", json, "r/one"));

        List<SourceEntry> entries = await source.CollectAsync(default).ToListAsync();
        Assert.Equal(["r/one/code.zip", "r/one/code/"], entries.Select(entry => entry.Path.ToString()));
        Assert.All(entries, entry => Assert.IsType<SourceFault>(entry));
        Assert.Empty(_lambda.Asked);
    }

    [Fact]
    public async Task Of_an_image_is_kept_where_it_lies_and_no_URL()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var json = new JsonObject { ["FunctionName"] = "image", ["PackageType"] = "Image", ["CodeSha256"] = "abc" };
        Snapshot first = await temp.SnapshotAsync(await _lambda.SourceAsync(("lambda-code", json, "r/image")));

        Snapshot second = await temp.SnapshotAsync(await _lambda.SourceAsync(("lambda-code", json, "r/image")));

        Entry entry = Assert.Single(await temp.EntriesAsync(second)).Value;
        var bytes = new MemoryStream();
        await temp.Store.CopyContentAsync(entry, bytes, default);
        Assert.Equal(
            ["ImageUri", "RepositoryType", "ResolvedImageUri"],
            JsonNode.Parse(bytes.ToArray())!.AsObject().Select(member => member.Key));
        Assert.EndsWith("image.json", entry.Path.ToString(), StringComparison.Ordinal);
        Assert.Equal(first.Record.Sources[0].Tree, second.Record.Sources[0].Tree);
    }

    [Fact]
    public async Task The_content_of_a_layer_is_fetched_only_when_its_SHA256_is_new()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        _lambda.Code["sharp/3"] = RawZip.OfFiles(("nodejs/node_modules/sharp/index.js", "1"));
        JsonObject Layer() => new()
        {
            ["LayerVersionArn"] = "arn:aws:lambda:eu-west-1:123456789012:layer:sharp:3", ["Version"] = 3,
        };
        Snapshot first = await temp.SnapshotAsync(
            await _lambda.SourceAsync(("lambda-layer", Layer(), "r/@layers/sharp/3")));

        Snapshot second = await temp.SnapshotAsync(
            await _lambda.SourceAsync(("lambda-layer", Layer(), "r/@layers/sharp/3")));

        Assert.Equal(first.Record.Sources[0].Tree, second.Record.Sources[0].Tree);
        Assert.Single(_lambda.Zips.Server.Requests);
        Assert.Equal(
            ["content.zip", "content/", "content/nodejs/node_modules/sharp/index.js"],
            (await temp.EntriesAsync(second)).Keys.Select(path => path["lambda/r/@layers/sharp/3/".Length..]));
    }

    [Theory, InlineData("{}"), InlineData("""{"LayerVersionArn": 1, "Version": 3}"""),
        InlineData("""{"LayerVersionArn": "a:b", "Version": 3}""")]
    public async Task A_layer_that_is_listed_without_a_name_is_a_fault(string json)
    {
        ListedSource source = await _lambda.SourceAsync(("lambda-layer", JsonNode.Parse(json)!.AsObject(), "r/l"));

        Assert.All(await source.CollectAsync(default).ToListAsync(), entry => Assert.IsType<SourceFault>(entry));
    }

    /// <summary>Some hundred functions and one zip at a time: no reader waits for another for ever.</summary>
    [Fact]
    public async Task Many_functions_are_captured_with_one_request_each()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"f{i:000}")];
        foreach (string name in names)
        {
            _lambda.Code[name] = RawZip.OfFiles(Enumerable.Range(0, 5).Select(i => ($"{i}.js", $"{name} {i}")));
        }

        Snapshot snapshot = await temp.SnapshotAsync(await _lambda.SourceAsync(
            [.. names.Select(name => ("lambda-code", _lambda.Function(name), $"r/{name}"))]));

        Assert.True(snapshot.Record.Sources[0].Complete, string.Join('\n', snapshot.Record.Sources[0].Errors));
        Assert.Equal(300, _lambda.Zips.Server.Requests.Count);
        Assert.Equal(300 * 7, snapshot.Record.Sources[0].Entries);
        Assert.True((await temp.Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default)).Ok);
    }

    [Fact]
    public async Task What_was_captured_is_restored_with_its_modes_and_links()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        _lambda.Code["one"] = RawZip.Of(
            new RawZipEntry("bin/run", "#!/bin/sh\n") { UnixMode = 0x81ED }, new RawZipEntry("run",
                "bin/run") { UnixMode = 0xA1FF });
        Snapshot snapshot = await temp.SnapshotAsync(
            await _lambda.SourceAsync(("lambda-code", _lambda.Function("one"), "eu-west-1/one")));

        await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot, Paths = ["lambda/eu-west-1/one/code"] });

        string code = Path.Combine(temp.Target, "lambda/eu-west-1/one/code");
        Assert.Equal("#!/bin/sh\n", File.ReadAllText(Path.Combine(code, "run")));
        Assert.Equal("bin/run", new FileInfo(Path.Combine(code, "run")).LinkTarget);
        Assert.True(File.GetUnixFileMode(Path.Combine(code, "bin/run")).HasFlag(UnixFileMode.UserExecute));
        Assert.Equal(new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc), File.GetLastWriteTimeUtc(Path.Combine(code,
            "bin/run")));
    }

    private Task<ListedSource> FunctionsAsync() => _lambda.SourceAsync(
        ("lambda-code", _lambda.Function("one"), "r/one"), ("lambda-code", _lambda.Function("one", "1"),
            "r/one/versions/1"),
        ("lambda-code", _lambda.Function("two"), "r/two"));
}
