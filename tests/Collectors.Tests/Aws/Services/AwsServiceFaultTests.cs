using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Aws.Services;

/// <summary>What cannot be read is said, and takes nothing else with it.</summary>
public class AwsServiceFaultTests
{
    private const string Rows = $$"""
        [
          { {{Toys.ListRow}}, "absent": ["NoToys"], "documents": [
              {"file": "toy.json"},
              {"file": "paint.json", "get": "GetPaint", "input": {"Name": "{Name}"}, "actions": [],
               "absent": ["NoPaint"]}],
            "resources": [
              {"name": "parts", "list": "ListParts", "input": {"Name": "{toys.Name}"}, "items": "Parts",
               "folder": "parts/{Name}", "actions": [], "documents": [{"file": "part.json"}]}] },
          {"name": "shelf", "list": "GetToy", "input": {"Name": "shelf"}, "folder": "@shelf", "actions": [],
            "documents": [{"file": "shelf.json"}]}
        ]
        """;

    private static AwsServiceOptions TwoRegions => new() { Regions = ["eu-west-1", "us-east-1"] };

    [Fact]
    public async Task A_kind_that_is_denied_is_a_fault_of_its_folder_and_a_line_of_the_ledger()
    {
        var toys = new Toys
        {
            Answer = (_, operation, _) => operation == "GetToy" ? Toys.Refuse("AccessDenied", 403) : null,
        };
        AwsServiceSource source = toys.Source(Rows);

        Dictionary<string, string> read = await Toys.ReadAsync(source);

        Assert.Equal("FAULT Asked: AccessDenied (403)", read["us-east-1/@shelf/"]);
        Assert.Equal(7, read.Count);
        Assert.Contains(
            new CoverageLine("us-east-1/shelf", CoverageState.Denied, 0, "Asked: AccessDenied (403)"), source.Coverage);
        Assert.Contains(new CoverageLine("us-east-1/toys", CoverageState.Captured, 2), source.Coverage);
    }

    [Theory]
    [InlineData("AccessDeniedException", 400)]
    [InlineData("UnauthorizedOperation", 403)]
    [InlineData("AuthorizationError", 403)]
    [InlineData("ForbiddenException", 400)]
    public async Task A_region_that_is_denied_as_a_whole_has_one_fault_and_one_line(string code, int status)
    {
        var toys = new Toys { Answer = (region, _, _) => region == "eu-west-1" ? Toys.Refuse(code, status) : null };
        AwsServiceSource source = toys.Source(Rows, TwoRegions);

        Dictionary<string, string> read = await Toys.ReadAsync(source);

        Assert.StartsWith("FAULT", read["eu-west-1/"], StringComparison.Ordinal);
        Assert.Single(read.Keys, path => path.StartsWith("eu-", StringComparison.Ordinal));
        Assert.Equal(
            [("eu-west-1", CoverageState.Denied), ("us-east-1/shelf", CoverageState.Captured),
             ("us-east-1/toys", CoverageState.Captured), ("dreams", CoverageState.NotExported)],
            source.Coverage.Select(line => (line.Area, line.State)));
    }

    [Theory]
    [InlineData("ServiceNotInRegion", 0)]
    [InlineData("UnknownOperationException", 400)]
    [InlineData("NotImplemented", 501)]
    [InlineData("MissingAuthenticationTokenException", 403)]
    [InlineData("SubscriptionRequiredException", 400)]
    [InlineData("UnrecognizedClientException", 400)]
    [InlineData("InvalidClientTokenId", 403)]
    [InlineData("AuthFailure", 401)]
    public async Task A_region_that_lacks_the_service_or_is_not_switched_on_is_no_error(string code, int status)
    {
        var toys = new Toys { Answer = (region, _, _) => region == "eu-west-1" ? Toys.Refuse(code, status) : null };
        AwsServiceSource source = toys.Source(Rows, TwoRegions);

        Dictionary<string, string> read = await Toys.ReadAsync(source);

        Assert.DoesNotContain(read, one => one.Value.StartsWith("FAULT", StringComparison.Ordinal));
        Assert.Equal(("eu-west-1", CoverageState.Unsupported), (source.Coverage[0].Area, source.Coverage[0].State));
    }

    [Theory]
    [InlineData(AwsException.NoCredentials, 0)]
    [InlineData("ExpiredTokenException", 400)]
    [InlineData("ExpiredToken", 403)]
    [InlineData("SignatureDoesNotMatch", 403)]
    [InlineData("UnrecognizedClientException", 400)]
    [InlineData("InvalidClientTokenId", 403)]
    [InlineData("", 0)]
    public async Task Keys_that_open_nothing_and_a_network_that_is_down_end_the_source(string code, int status)
    {
        AwsServiceSource source = new Toys { Answer = (_, _, _) => Toys.Refuse(code, status) }.Source(Rows, TwoRegions);

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => Toys.ReadAsync(source));

        Assert.Equal(StoreFault.SourceUnreachable, e.Fault);
        Assert.Contains("toys", e.Message, StringComparison.Ordinal);
        Assert.NotEqual("", e.Hint);
    }

    [Fact]
    public async Task A_token_that_expires_on_the_way_ends_the_source()
    {
        var toys = new Toys
        {
            Answer = (_, _, name) => name == "bear" ? Toys.Refuse("ExpiredToken", 403) : null,
        };

        await Assert.ThrowsAsync<StoreException>(() => Toys.ReadAsync(toys.Source(Rows)));
    }

    [Fact]
    public async Task One_region_that_does_not_answer_leaves_the_others_whole()
    {
        var toys = new Toys { Answer = (region, _, _) => region == "eu-west-1" ? Toys.Refuse("", 0) : null };
        AwsServiceSource source = toys.Source(Rows, TwoRegions);

        Dictionary<string, string> read = await Toys.ReadAsync(source);

        Assert.Equal(
            ["eu-west-1/", "eu-west-1/@shelf/"],
            read.Keys.Where(path => path.StartsWith("eu-", StringComparison.Ordinal)));
        Assert.Equal(9, read.Count);
        Assert.Equal(CoverageState.Failed, source.Coverage.First(line => line.Area == "eu-west-1/toys").State);
    }

    [Fact]
    public async Task A_document_that_is_denied_is_a_fault_of_its_own_and_one_that_there_is_not_is_none()
    {
        var toys = new Toys
        {
            Answer = (_, operation, name) => (operation, name) switch
            {
                ("GetPaint", "ant") => Toys.Refuse("AccessDenied", 403),
                ("GetPaint", "bear") => Toys.Refuse("NoPaint", 404),
                _ => null,
            },
        };
        AwsServiceSource source = toys.Source(Rows);

        Dictionary<string, string> read = await Toys.ReadAsync(source);

        Assert.StartsWith("FAULT", read["us-east-1/ant/paint.json"], StringComparison.Ordinal);
        Assert.DoesNotContain("us-east-1/bear/paint.json", read.Keys);
        Assert.Equal(
            new CoverageLine("us-east-1/toys", CoverageState.Partial, 2, "some of it could not be fetched"),
            source.Coverage.Single(line => line.Area == "us-east-1/toys"));
    }

    [Fact]
    public async Task A_list_within_a_resource_that_fails_is_a_fault_of_its_folder()
    {
        var toys = new Toys
        {
            Answer = (_, operation, name) => (operation, name) is ("ListParts", "ant")
                ? Toys.Refuse("InternalError", 500) : null,
        };
        AwsServiceSource source = toys.Source(Rows);

        Dictionary<string, string> read = await Toys.ReadAsync(source);

        Assert.StartsWith("FAULT", read["us-east-1/ant/parts/"], StringComparison.Ordinal);
        Assert.Contains("us-east-1/bear/parts/bear leg/part.json", read.Keys);
        Assert.Equal(CoverageState.Partial, source.Coverage.Single(line => line.Area == "us-east-1/toys").State);
    }

    [Fact]
    public async Task A_code_that_means_that_there_is_none_gives_none()
    {
        var toys = new Toys
        {
            Answer = (_, operation, _) => operation == "ListToys" ? Toys.Refuse("NoToys", 404) : null,
        };
        AwsServiceSource source = toys.Source(Rows);

        Assert.Equal(["us-east-1/@shelf/shelf.json"], (await Toys.ReadAsync(source)).Keys);
        Assert.Contains(new CoverageLine("us-east-1/toys", CoverageState.Captured, 0), source.Coverage);
    }

    [Fact]
    public async Task A_resource_without_a_name_is_a_fault_where_it_would_lie()
    {
        var toys = new Toys
        {
            Answer = (_, operation, _) => operation == "ListToys"
                ? """{"Toys": [{"Id": "7"}, {"Name": "ant"}]}""" : null,
        };

        Dictionary<string, string> read = await Toys.ReadAsync(toys.Source(Rows));

        Assert.Contains("no Name", read["us-east-1/"], StringComparison.Ordinal);
        Assert.Contains("us-east-1/ant/toy.json", read.Keys);
    }

    [Fact]
    public async Task Content_that_nobody_knows_is_a_fault_never_silence()
    {
        const string Odd = $$"""[{ {{Toys.ListRow}}, "documents": [{"content": "no-such-content", "actions": []}] }]""";

        Assert.Contains("cannot fetch", (await Toys.ReadAsync(new Toys().Source(Odd)))["us-east-1/ant/no-such-content"],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removals_below_what_could_not_be_listed_are_not_claimed()
    {
        bool isDenied = false;
        await using TempRepository temp = await TempRepository.MakeAsync();
        var toys = new Toys
        {
            Answer = (region, _, _) =>
                isDenied && region == "eu-west-1" ? Toys.Refuse("AccessDenied", 403) : null,
        };
        AwsServiceSource source = toys.Source(Rows, TwoRegions);

        Snapshot whole = await temp.SnapshotAsync(source);
        isDenied = true;
        Snapshot partial = await temp.SnapshotAsync(source);

        Assert.False(partial.Record.Sources[0].Complete);
        List<Change> changes = await temp.Store.DiffAsync(whole, partial, [], default).ToListAsync();
        Assert.DoesNotContain(changes, change => change.Kind == ChangeKind.Removed);
    }

    /// <summary>Zones and functions lie at the top of their source or region: then all of that is in doubt.</summary>
    [Fact]
    public async Task A_kind_at_the_top_that_is_denied_leaves_the_rest_to_be_restored()
    {
        bool isDenied = false;
        await using TempRepository temp = await TempRepository.MakeAsync();
        var toys = new Toys
        {
            Answer = (_, operation, _) => isDenied && operation == "ListToys" ? Toys.Refuse("AccessDenied", 403) : null,
        };
        AwsServiceSource source = toys.Source(Rows, new(), isGlobal: true);

        Snapshot whole = await temp.SnapshotAsync(source);
        isDenied = true;
        Snapshot partial = await temp.SnapshotAsync(source);
        List<Change> changes = await temp.Store.DiffAsync(whole, partial, [], default).ToListAsync();
        await temp.RestoreAsync(new() { Snapshot = partial, Paths = [] });

        Assert.Equal("", Assert.Single(partial.Record.Sources[0].Errors).Path);
        Assert.DoesNotContain(changes, change => change.Kind == ChangeKind.Removed);
        Assert.True(File.Exists(Path.Combine(temp.Target, "toys/@shelf/shelf.json")));
        Assert.False(Directory.Exists(Path.Combine(temp.Target, "toys/bear")));
    }
}
