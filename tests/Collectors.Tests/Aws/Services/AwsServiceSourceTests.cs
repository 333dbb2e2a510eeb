using JadaStore.Collectors.Aws.Services;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Aws.Services;

/// <summary>What lies where, and what is asked for.</summary>
public class AwsServiceSourceTests
{
    private const string Bare = $$"""[{ {{Toys.ListRow}}, "documents": [{"file": "toy.json"}] }]""";

    private static AwsServiceOptions TwoRegions => new() { Regions = ["us-east-1", "eu-west-1"] };

    [Fact]
    public async Task Documents_lie_by_region_and_name_in_path_order()
    {
        AwsServiceSource source = new Toys().Source(Bare, TwoRegions);

        Dictionary<string, string> read = await Toys.ReadAsync(source);

        Assert.Equal("toys", source.Root);
        Assert.Equal(
            ["eu-west-1/ant/toy.json", "eu-west-1/bear/toy.json", "us-east-1/ant/toy.json", "us-east-1/bear/toy.json"],
            read.Keys);
        Assert.Equal("{\n    \"Id\": \"t/2\",\n    \"Name\": \"ant\"\n}\n", read["eu-west-1/ant/toy.json"]);
        Assert.Equal(new SourceItems("toys", 4, 4), source.Items);
        Assert.Equal(
            [
                new CoverageLine("eu-west-1/toys", CoverageState.Captured, 2),
                new CoverageLine("us-east-1/toys", CoverageState.Captured, 2),
                new CoverageLine("dreams", CoverageState.NotExported, 0, "what a toy dreams of cannot be read"),
            ],
            source.Coverage);
    }

    [Fact]
    public async Task What_is_the_same_in_all_regions_lies_in_none()
    {
        AwsServiceSource source = new Toys().Source(Bare, new() { Prefix = "prod" }, isGlobal: true);

        Assert.Equal(["ant/toy.json", "bear/toy.json"], (await Toys.ReadAsync(source)).Keys);
        Assert.Equal("prod/toys", source.Root);
        Assert.Equal("toys", source.Coverage[0].Area);
    }

    [Fact]
    public async Task Names_that_are_no_file_names_stay_apart_and_stay_inside()
    {
        var toys = new Toys
        {
            Answer = (_, operation, _) => operation == "ListToys"
                ? """{"Toys": [{"Name": "a/b"}, {"Name": "a%2Fb"}, {"Name": ".."}, {"Name": "é"}]}""" : null,
        };

        Assert.Equal(
            ["us-east-1/%2E%2E/toy.json", "us-east-1/a%252Fb/toy.json", "us-east-1/a%2Fb/toy.json",
             "us-east-1/é/toy.json"],
            (await Toys.ReadAsync(toys.Source(Bare))).Keys);
    }

    [Fact]
    public async Task Only_those_of_one_name_get_their_ids_behind_it()
    {
        var toys = new Toys
        {
            Answer = (_, operation, _) => operation == "ListToys"
                ? """{"Toys": [{"Name": "bear", "Id": "t/1"}, {"Name": "ant", "Id": "t/2"}, {"Name": "bear", "Id": "t/3"}]}"""
                : null,
        };

        string rows = Bare.Replace("\"actions\"", "\"id\": \"Id\", \"actions\"", StringComparison.Ordinal);
        Assert.Equal(
            ["us-east-1/ant/toy.json", "us-east-1/bear~1/toy.json", "us-east-1/bear~3/toy.json"],
            (await Toys.ReadAsync(toys.Source(rows))).Keys);
    }

    [Fact]
    public async Task Two_resources_at_one_path_are_a_fault_and_one_that_came_twice_is_none()
    {
        var toys = new Toys
        {
            Answer = (_, operation, _) => operation == "ListToys"
                ? """{"Toys": [{"Name": "bear", "Id": "1"}, {"Name": "bear", "Id": "2"}, {"Name": "ant"}, {"Name": "ant"}]}"""
                : null,
        };

        Dictionary<string, string> read = await Toys.ReadAsync(toys.Source(Bare));

        Assert.StartsWith("{", read["us-east-1/ant/toy.json"], StringComparison.Ordinal);
        Assert.StartsWith("FAULT two different resources", read["us-east-1/bear/toy.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_two_kinds_are_made_of_is_asked_for_once_a_region()
    {
        const string Rows = $$"""
            [
              { {{Toys.ListRow}}, "documents": [{"file": "toy.json"}] },
              {"name": "names", "list": "ListToys", "input": {}, "items": "Toys", "folder": "names", "actions": [],
                "documents": [{"file": "{Name}.json", "drop": ["Id"]}]}
            ]
            """;
        var toys = new Toys();

        Dictionary<string, string> read = await Toys.ReadAsync(toys.Source(Rows, TwoRegions));

        Assert.Equal(8, read.Count);
        Assert.Equal(["eu-west-1 ListToys", "us-east-1 ListToys"], toys.Asked);
        Assert.Contains("\"Id\"", read["us-east-1/ant/toy.json"], StringComparison.Ordinal);
        Assert.DoesNotContain("\"Id\"", read["us-east-1/names/ant.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_answer_makes_the_details_and_all_documents_of_it()
    {
        const string Rows = $$"""
            [{ {{Toys.ListRow}},
               "detail": {"get": "GetToy", "input": {"Name": "{Name}"}, "take": "Toy", "actions": []},
               "documents": [
                 {"file": "toy.json", "get": "GetToy", "input": {"Name": "{Name}"}, "actions": [], "drop": ["Seen"]},
                 {"file": "colour.txt", "get": "GetPaint", "input": {"Name": "{Name}"}, "actions": [], "raw": "Colour"},
                 {"file": "gloss.txt", "get": "GetPaint", "input": {"Name": "{Name}"}, "actions": [], "raw": "Gloss"}] }]
            """;
        var toys = new Toys();

        Dictionary<string, string> read = await Toys.ReadAsync(toys.Source(Rows));

        Assert.Equal(
            ["us-east-1 GetPaint ant", "us-east-1 GetPaint bear", "us-east-1 GetToy ant", "us-east-1 GetToy bear",
             "us-east-1 ListToys"],
            toys.Asked);
        Assert.Equal("{\n    \"Toy\": {\n        \"Name\": \"ant\"\n    }\n}\n", read["us-east-1/ant/toy.json"]);
        Assert.Equal(("red", "high"), (read["us-east-1/ant/colour.txt"], read["us-east-1/ant/gloss.txt"]));
    }

    [Fact]
    public async Task Kinds_within_a_resource_lie_below_it_and_know_it()
    {
        const string Rows = $$"""
            [{ {{Toys.ListRow}}, "when": ["Name!=ant"], "resources": [
                 {"name": "parts", "list": "ListParts", "input": {"Name": "{toys.Name}"}, "items": "Parts",
                  "folder": "parts/{toys.Id|last}", "actions": [], "documents": [{"file": "{Name} of {@region}.json"}]}] }]
            """;
        var toys = new Toys();

        Assert.Equal(
            ["us-east-1/bear/parts/1/bear leg of us-east-1.json"], (await Toys.ReadAsync(toys.Source(Rows))).Keys);
        Assert.Equal(["us-east-1 ListParts bear", "us-east-1 ListToys"], toys.Asked);
    }

    [Fact]
    public async Task The_account_is_asked_for_once_and_known()
    {
        var toys = new Toys();

        string rows = Bare.Replace("toy.json", "{@account}.json", StringComparison.Ordinal);
        AwsServiceSource source = toys.Source(rows, TwoRegions);
        Dictionary<string, string> read = await Toys.ReadAsync(source);

        Assert.Contains("us-east-1/bear/123456789012.json", read.Keys);
        Assert.Equal("123456789012", source.Account);
        Assert.Equal(1, toys.AskedWho);
    }

    [Fact]
    public async Task A_kind_that_names_its_regions_is_asked_for_in_no_other()
    {
        var toys = new Toys();

        string rows =
            Bare.Replace("\"actions\"", "\"regions\": [\"eu-west-1\"], \"actions\"", StringComparison.Ordinal);
        await Toys.ReadAsync(toys.Source(rows, TwoRegions));

        Assert.Equal(["eu-west-1 ListToys"], toys.Asked);
    }

    [Theory]
    [InlineData("toys/*/bear", "us-east-1/ant/paint.json us-east-1/ant/toy.json", "GetPaint ant,ListToys")]
    [InlineData("toys/**/paint.json", "us-east-1/ant/toy.json us-east-1/bear/toy.json", "ListToys")]
    [InlineData("toys/us-east-1", "", "")]
    [InlineData("toys/us-east-1/", "", "")]
    [InlineData("toys", "", "")]
    [InlineData("toys/eu-*", "us-east-1/ant/paint.json us-east-1/ant/toy.json "
        + "us-east-1/bear/paint.json us-east-1/bear/toy.json",
        "GetPaint ant,GetPaint bear,ListToys")]
    public async Task What_is_excluded_is_not_asked_for(string glob, string paths, string asked)
    {
        string rows = Bare.Replace("""{"file": "toy.json"}""", """
            {"file": "toy.json"}, {"file": "paint.json", "get": "GetPaint", "input": {"Name": "{Name}"}, "actions": []}
            """, StringComparison.Ordinal);
        var toys = new Toys();
        AwsServiceSource source = toys.Source(rows, new() { Regions = ["us-east-1"], Exclude = [glob] });

        Assert.Equal(paths, string.Join(' ', (await Toys.ReadAsync(source)).Keys));
        Assert.Equal(asked, string.Join(',', toys.Asked.Select(one => one["us-east-1 ".Length..])));
        Assert.Equal([glob], source.Excluded);
        Assert.Equal(
            paths.Split(' ').Count(path => path.EndsWith("toy.json", StringComparison.Ordinal)),
            source.Coverage.Sum(line => line.Count));
    }

    [Fact]
    public void A_malformed_glob_is_refused() => Assert.Throws<ArgumentException>(
        () => new Toys().Source(Bare, new() { Exclude = ["toys/[a"] }));

    [Fact]
    public async Task An_unchanged_account_adds_nothing()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        AwsServiceSource source = new Toys().Source(Bare, TwoRegions);

        Snapshot first = await temp.SnapshotAsync(source);
        Snapshot second = await temp.SnapshotAsync(source);

        Assert.True(first.Record.Sources[0].Complete);
        Assert.Equal((0, first.Record.Sources[0].Tree), (second.Record.AddedBytes, second.Record.Sources[0].Tree));
    }
}
