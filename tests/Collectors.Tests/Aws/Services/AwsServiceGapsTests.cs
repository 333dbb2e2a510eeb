using JadaStore.Collectors.Aws.Services;

namespace JadaStore.Collectors.Tests.Aws.Services;

/// <summary>Answers that look whole and are not; kinds that lie in no region.</summary>
public class AwsServiceGapsTests
{
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
    public async Task What_is_told_of_in_one_region_alone_is_asked_for_there_whatever_is_chosen()
    {
        const string Rows = $$"""
            [{ {{Toys.ListRow}}, "regions": ["eu-west-1"], "documents": [{"file": "toy.json"}] }]
            """;
        var toys = new Toys();

        await Toys.ReadAsync(toys.Source(Rows, new AwsServiceOptions { Regions = ["us-east-1"] }));

        Assert.Equal(["eu-west-1 ListToys"], toys.Asked);
    }
}
