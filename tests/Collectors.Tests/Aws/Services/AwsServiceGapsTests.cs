using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Store;
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
    public async Task Where_that_is_refused_the_regions_stay_whole(
        string code, int status, CoverageState state, string? fault)
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

    private const string AlikeEverywhere = $$"""
        [{ {{Toys.ListRow}}, "once": true, "unsupported": ["NotHere"], "documents": [{"file": "toy.json"}] }]
        """;

    /// <summary>A region may be switched off, or forbidden to these keys; the others say the same.</summary>
    [Theory]
    [InlineData("NotHere", 404)]
    [InlineData(AwsException.NotInRegion, 0)]
    [InlineData("AccessDenied", 403)]
    [InlineData("InternalError", 500)]
    [InlineData("AuthFailure", 401)]
    public async Task Where_one_region_does_not_tell_what_all_say_alike_the_next_is_asked(string code, int status)
    {
        var toys = new Toys { Answer = (region, _, _) => region == "us-east-1" ? Toys.Refuse(code, status) : null };
        AwsServiceSource source = toys.Source(
            AlikeEverywhere, new AwsServiceOptions { Regions = ["ap-southeast-5", "eu-west-1", "us-east-1"] });

        Dictionary<string, string> read = await Toys.ReadAsync(source);

        Assert.Equal(["ant/toy.json", "bear/toy.json"], read.Keys);
        Assert.Equal(["eu-west-1 ListToys", "us-east-1 ListToys"], toys.Asked);
        Assert.Equal(new CoverageLine("toys", CoverageState.Captured, 2), source.Coverage[0]);
        Assert.Equal(["toys", "dreams"], source.Coverage.Select(line => line.Area));
    }

    /// <summary>One line, and of what says that there is none and what does not say it the latter.</summary>
    [Theory]
    [InlineData("NotHere", 404, "NotHere", 404, CoverageState.Unsupported)]
    [InlineData("NotHere", 404, "AccessDenied", 403, CoverageState.Denied)]
    [InlineData("AccessDenied", 403, "NotHere", 404, CoverageState.Denied)]
    [InlineData("InternalError", 500, "AccessDenied", 403, CoverageState.Failed)]
    [InlineData("AccessDenied", 403, "Timeout", 0, CoverageState.Failed)]
    public async Task Where_no_region_tells_it_one_line_says_so(
        string first, int firstStatus, string other, int otherStatus, CoverageState state)
    {
        var toys = new Toys
        {
            Answer = (region, _, _) =>
                region == "us-east-1" ? Toys.Refuse(first, firstStatus) : Toys.Refuse(other, otherStatus),
        };
        AwsServiceSource source = toys.Source(
            AlikeEverywhere, new AwsServiceOptions { Regions = ["us-east-1", "us-west-2"] });

        Dictionary<string, string> read = await Toys.ReadAsync(source);

        CoverageLine line = Assert.Single(source.Coverage, line => line.Area == "toys");
        Assert.Equal((state, 0), (line.State, line.Count));
        Assert.Equal(state == CoverageState.Unsupported ? "" : null, line.Folder);
        Assert.Equal(
            state != CoverageState.Unsupported,
            read.Any(one => one.Value.StartsWith("FAULT", StringComparison.Ordinal)));
    }

    /// <summary>Each was tried again and again before it was given up.</summary>
    [Fact]
    public async Task Of_regions_that_do_not_answer_at_all_two_are_waited_for()
    {
        var toys = new Toys { Answer = (_, _, _) => Toys.Refuse("Timeout", 0) };
        AwsServiceSource source = toys.Source(
            AlikeEverywhere, new AwsServiceOptions { Regions = ["eu-west-1", "us-east-1", "us-east-2", "us-west-2"] });

        StoreException thrown = await Assert.ThrowsAsync<StoreException>(() => Toys.ReadAsync(source));

        Assert.Equal(StoreFault.SourceUnreachable, thrown.Fault);
        Assert.Equal(["eu-west-1 ListToys", "us-east-1 ListToys"], toys.Asked);
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
