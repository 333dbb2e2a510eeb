using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Protocols;
using JadaStore.Store;

namespace JadaStore.Collectors.Tests.Aws.Protocols;

public class HostPrefixTests
{
    private static readonly AwsOperation ListJobs =
        new() { Name = "ListJobs", Method = "GET", UriTemplate = "/", HostPrefix = "{AccountId}." };

    [Fact]
    public void Members_stand_in_it() =>
        Assert.Equal("123456789012.", HostPrefix.Of(ListJobs, new JsonObject { ["AccountId"] = "123456789012" }));

    [Theory, InlineData(""), InlineData("evil.example.org/"), InlineData("a.b"), InlineData("ä"), InlineData("a b")]
    public void What_can_be_no_part_of_a_host_is_refused(string account) =>
        Assert.Equal(StoreFault.Refused, Assert.Throws<StoreException>(
            () => HostPrefix.Of(ListJobs, new JsonObject { ["AccountId"] = account })).Fault);
}
