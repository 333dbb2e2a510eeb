using JadaStore.Collectors.Aws.Services;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Aws.Services;

/// <summary>Answers that look whole and are not; kinds that lie in no region.</summary>
public class AwsServiceGapsTests
{
    private const string OfNoRegion = $$"""
        [{ {{Toys.ListRow}}, "documents": [{"file": "toy.json"}] },
         { "name": "everywhere", "list": "ListToys", "input": {}, "items": "Toys", "folder": "everywhere", "actions": [],
           "regions": ["eu-west-1"], "unsupported": ["NotHere"], "documents": [{"file": "{Name}.json"}] }]
        """;

    [Fact]
    public async Task A_document_that_says_that_a_part_of_it_is_missing_is_stored_and_named()
    {
        const string Rows = $$"""
            [{ {{Toys.ListRow}}, "documents": [{"file": "toy.json", "failed": "Inside.Error"}] }]
            """;
        var toys = new Toys
        {
            Answer = (_, operation, _) => operation == "ListToys"
                ? """{"Toys": [{"Name": "ant"}, {"Name": "bear", "Inside": {"Error": "no key"}}]}"""
                : null,
        };

        Dictionary<string, string> read = await Toys.ReadAsync(toys.Source(Rows));

        Assert.Equal(
            ["us-east-1/ant/toy.json", "us-east-1/bear/toy.json", "us-east-1/bear/toy.json.missing"], read.Keys.Order());
        Assert.Contains("no key", read["us-east-1/bear/toy.json"], StringComparison.Ordinal);
        Assert.Equal(
            "FAULT a part of it could not be read: no key", read["us-east-1/bear/toy.json.missing"]);
    }

    [Fact]
    public async Task What_is_told_of_in_one_region_alone_is_asked_for_there_and_lies_in_none()
    {
        var toys = new Toys();
        AwsServiceSource source = toys.Source(OfNoRegion, new AwsServiceOptions { Regions = ["us-east-1"] });

        Dictionary<string, string> read = await Toys.ReadAsync(source);

        Assert.Equal(["eu-west-1 ListToys"], toys.Asked.Where(one => one.StartsWith("eu", StringComparison.Ordinal)));
        Assert.Equal(
            ["everywhere/ant.json", "everywhere/bear.json", "us-east-1/ant/toy.json", "us-east-1/bear/toy.json"], read.Keys);

        // Nothing says that anybody looked at eu-west-1.
        Assert.Equal(["everywhere", "us-east-1/toys", "dreams"], source.Coverage.Select(line => line.Area));
    }

    [Theory]
    [InlineData("AccessDenied", 403, CoverageState.Denied, "everywhere/")]
    [InlineData("NotHere", 404, CoverageState.Unsupported, null)]
    public async Task Where_that_is_refused_the_regions_stay_whole(string code, int status, CoverageState state, string? fault)
    {
        var toys = new Toys { Answer = (region, _, _) => region == "eu-west-1" ? Toys.Refuse(code, status) : null };
        AwsServiceSource source = toys.Source(OfNoRegion, new AwsServiceOptions { Regions = ["us-east-1"] });

        Dictionary<string, string> read = await Toys.ReadAsync(source);

        Assert.Equal(fault, read.SingleOrDefault(one => one.Value.StartsWith("FAULT", StringComparison.Ordinal)).Key);
        Assert.Contains("us-east-1/ant/toy.json", read.Keys);
        Assert.Equal(
            [("everywhere", state), ("us-east-1/toys", CoverageState.Captured)],
            source.Coverage.SkipLast(1).Select(line => (line.Area, line.State)));
    }

    [Theory]
    [InlineData("us-east-1", "eu-west-1", "us-east-1")]
    [InlineData("us-east-1", "us-west-2", "us-east-1")]
    [InlineData("eu-central-1", "eu-west-1", "eu-central-1")]
    [InlineData("eu-west-1", "ap-southeast-5", "eu-west-1")]
    [InlineData("af-south-1", "ap-east-1", "af-south-1")]
    public async Task What_all_regions_say_alike_is_asked_in_one_of_those_that_are_chosen(
        string asked, params string[] chosen)
    {
        const string Rows = $$"""
            [{ {{Toys.ListRow}}, "once": true, "documents": [{"file": "toy.json"}] }]
            """;
        var toys = new Toys();

        await Toys.ReadAsync(toys.Source(Rows, new AwsServiceOptions { Regions = chosen }));

        Assert.Equal([$"{asked} ListToys"], toys.Asked);
    }

    /// <summary>Keys of one partition are nobody's in another.</summary>
    [Theory]
    [InlineData("wafv2", "cn-north-1")]
    [InlineData("s3control", "us-gov-west-1")]
    [InlineData("wafv2", "eu-west-1", "us-east-1")]
    [InlineData("s3control", "eu-west-1", "us-west-2")]
    public void What_is_asked_for_in_one_region_is_so_in_its_partition_alone(
        string service, string chosen, params string[] asked) => Assert.Equal(
        asked,
        AwsServices.Of(service).Kinds.Where(kind => kind.Regions.Count > 0)
            .SelectMany(kind => kind.RegionsOf([chosen])).Distinct());

    [Theory]
    [InlineData("cloudwatch", "dashboards")]
    [InlineData("s3control", "public-access-block")]
    public void What_belongs_to_an_account_is_asked_once(string service, string kind) => Assert.Equal(
        ["us-east-1"],
        AwsServices.Of(service).Kinds.Single(one => one.Name == kind).RegionsOf(["eu-west-1", "us-east-1"]));
}
