using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Model;

public sealed class RegionNameTests
{
    [Theory]
    [InlineData("us-east-1", true)]
    [InlineData("eu-west-3", true)]
    [InlineData("us-gov-east-1", true)]
    [InlineData("ap-southeast-10", true)]
    [InlineData("eusc-de-east-1", true)]
    [InlineData("us-east", false)]
    [InlineData("us-east-x", false)]
    [InlineData("Us-east-1", false)]
    [InlineData("functions", false)]
    [InlineData("event-source-mappings", false)]
    [InlineData("my-bucket-2024-1", false)]
    [InlineData("my-app-1", false)]
    [InlineData("", false)]
    [InlineData("-", false)]
    [InlineData("us--1", false)]
    public void Regions_are_known_by_their_shape(string text, bool expected) =>
        Assert.Equal(expected, RegionName.Is(text));

    [Theory]
    [InlineData("us-east-1/functions", "us-east-1", "functions")]
    [InlineData("us-east-1/", "us-east-1", "")]
    [InlineData("us-east-1", "us-east-1", "")]
    [InlineData("zones", null, "zones")]
    [InlineData("zones/us-east-1", null, "zones/us-east-1")]
    [InlineData("", null, "")]
    public void A_path_is_split_behind_the_region_that_it_begins_with(string path, string? region, string rest) =>
        Assert.Equal((region, rest), RegionName.Split(path));
}
