using System.Net;
using System.Security.Cryptography;

namespace JadaStore.Collectors.Tests.Servers;

public sealed class FaultProxyTests : IDisposable
{
    private readonly BytesServer _server = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    [Theory, InlineData("length"), InlineData("chunks")]
    public async Task Without_a_fault_every_byte_passes_over_one_connection(string framing)
    {
        await using FaultProxy proxy = FaultProxy.Before(_server.Endpoint, FaultPlan.None);

        foreach (int length in (int[])[0, 1, 65_535, 65_536, 65_537, 1_000_000, 0, 3])
        {
            var url = new Uri(proxy.Url, $"{framing}/{length}");
            Assert.Equal(BytesServer.Bytes(length), await _client.GetByteArrayAsync(url));
        }

        // The proxy may still be counting one request off when the next comes, so in flight are one or two.
        Assert.Equal(1, proxy.Connections);
        Assert.InRange(proxy.MostInFlight, 1, 2);
        Assert.Equal(8, proxy.Requests.Count);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Large_bodies_pass_in_both_directions(bool chunked)
    {
        await using FaultProxy proxy = FaultProxy.Before(_server.Endpoint, FaultPlan.None);
        byte[] bytes = BytesServer.Bytes(20_000_000);
        using var content = new ByteArrayContent(bytes);
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(proxy.Url, "x/y")) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;

        using HttpResponseMessage answer = await _client.SendAsync(request);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), await answer.Content.ReadAsStringAsync());
        Assert.Equal(bytes, await _client.GetByteArrayAsync(new Uri(proxy.Url, "length/20000000")));
    }

    [Theory]
    [InlineData((int)Fault.InternalError, HttpStatusCode.InternalServerError, "InternalError")]
    [InlineData((int)Fault.SlowDown, HttpStatusCode.ServiceUnavailable, "SlowDown")]
    public async Task A_refusal_is_an_error_of_S3_that_the_server_never_hears_of(
        int fault, HttpStatusCode status, string code)
    {
        await using FaultProxy proxy = FaultProxy.Before(_server.Endpoint, FaultPlan.Script((Fault)fault));
        using var content = new ByteArrayContent(BytesServer.Bytes(100_000));

        using HttpResponseMessage answer = await _client.PutAsync(new Uri(proxy.Url, "b/k"), content);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains($"<Code>{code}</Code>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, _server.Heard);
        Assert.Equal(BytesServer.Bytes(5), await _client.GetByteArrayAsync(new Uri(proxy.Url, "length/5")));
        Assert.Equal(1, proxy.Connections);
    }

    [Theory]
    [InlineData((int)Fault.CutBeforeRequest, 0)]
    [InlineData((int)Fault.CutBeforeHeaders, 1)]
    public async Task A_cut_before_the_headers_gives_no_answer(int fault, int heard)
    {
        await using FaultProxy proxy = FaultProxy.Before(_server.Endpoint, FaultPlan.Script((Fault)fault));
        using var content = new ByteArrayContent([1, 2, 3]);

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.PutAsync(new Uri(proxy.Url, "b/k"), content));

        Assert.Equal(heard, _server.Heard);
    }

    [Theory]
    [InlineData("length", (int)Fault.CutInBody)]
    [InlineData("length", (int)Fault.ShortBody)]
    [InlineData("chunks", (int)Fault.CutInBody)]
    [InlineData("chunks", (int)Fault.ShortBody)]
    [InlineData("chunks", (int)Fault.WrongLength)]
    public async Task A_body_that_breaks_off_is_noticed_by_its_framing(string framing, int fault)
    {
        await using FaultProxy proxy = FaultProxy.Before(_server.Endpoint, FaultPlan.Script((Fault)fault));
        using HttpResponseMessage answer = await _client.GetAsync(
            new Uri(proxy.Url, $"{framing}/200000"), HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_wrong_length_looks_whole_and_leaves_the_connection_good()
    {
        await using FaultProxy proxy = FaultProxy.Before(_server.Endpoint, FaultPlan.Script(Fault.WrongLength));
        var url = new Uri(proxy.Url, "length/1000");

        Assert.Equal(BytesServer.Bytes(1000)[..999], await _client.GetByteArrayAsync(url));
        Assert.Equal(BytesServer.Bytes(1000), await _client.GetByteArrayAsync(url));
        Assert.Equal(1, proxy.Connections);
    }

    [Fact]
    public async Task A_flipped_byte_is_one_byte()
    {
        await using FaultProxy proxy = FaultProxy.Before(_server.Endpoint, FaultPlan.FirstAttempts(Fault.FlippedByte));

        byte[] first = await _client.GetByteArrayAsync(new Uri(proxy.Url, "length/200000"));
        byte[] second = await _client.GetByteArrayAsync(new Uri(proxy.Url, "length/200000"));

        Assert.Equal(1, first.Zip(second, (one, two) => one == two ? 0 : 1).Sum());
        Assert.Equal(BytesServer.Bytes(200_000), second);
    }

    [Theory, InlineData((int)Fault.Stall), InlineData((int)Fault.StallInBody)]
    public async Task A_stall_lasts_until_the_proxy_is_gone(int fault)
    {
        FaultProxy proxy = FaultProxy.Before(
            _server.Endpoint, new FaultPlan(request => request.Target == "/length/100000" ? (Fault)fault : Fault.None));
        Task<byte[]> answer = _client.GetByteArrayAsync(new Uri(proxy.Url, "length/100000"));
        Assert.Equal(BytesServer.Bytes(9), await _client.GetByteArrayAsync(new Uri(proxy.Url, "length/9")));

        Assert.False(answer.IsCompleted);
        await proxy.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
    }

    [Fact]
    public void A_share_of_faults_follows_from_the_seed_alone()
    {
        ProxiedRequest[] requests =
            [.. Enumerable.Range(0, 10_000).Select(i => new ProxiedRequest("GET", $"/bucket/{i}", [], 1))];
        FaultPlan plan = FaultPlan.Share(seed: 1, 0.1);
        FaultPlan same = FaultPlan.Share(seed: 1, 0.1);
        FaultPlan other = FaultPlan.Share(seed: 2, 0.1);

        Fault[] faults = [.. requests.Select(plan.Choose)];

        Assert.Equal(faults, requests.Reverse().Select(same.Choose).Reverse());
        Assert.NotEqual(faults, requests.Select(other.Choose));
        Assert.InRange(faults.Count(fault => fault != Fault.None), 900, 1100);
        Assert.Equal(9, faults.Distinct().Count());
        // What failed is drawn for again when it comes again.
        Assert.InRange(
            requests.Count(request => plan.Choose(request) != Fault.None
                && plan.Choose(request with { Attempt = 2 }) != Fault.None),
            50, 150);
    }

    [Fact]
    public void Faults_do_not_depend_on_names_that_are_others_in_every_run()
    {
        FaultPlan plan = FaultPlan.Share(seed: 3, 0.5);
        for (int i = 0; i < 1000; i++)
        {
            var one = new ProxiedRequest("PUT", $"/first/k?partNumber={i}&uploadId=a", [], 1);
            var two = new ProxiedRequest("PUT", $"/second-bucket/k?partNumber={i}&uploadId=b", [], 1);

            Assert.Equal(plan.Choose(one), plan.Choose(two));
        }
    }

    [Fact]
    public void Ranges_of_one_object_are_requests_of_their_own()
    {
        FaultPlan plan = FaultPlan.Share(seed: 3, 0.5);

        Assert.Equal(2, Enumerable.Range(0, 64)
            .Select(i => new ProxiedRequest("GET", "/b/k", [KeyValuePair.Create("range", $"bytes={i}-")], 1))
            .Select(request => plan.Choose(request) == Fault.None).Distinct().Count());
    }

    [Theory]
    [InlineData("GET", "/", "ListBuckets")]
    [InlineData("GET", "/b?list-type=2&prefix=a%2F", "ListObjectsV2")]
    [InlineData("GET", "/b/?list-type=2", "ListObjectsV2")]
    [InlineData("GET", "/b?prefix=x", "ListObjects")]
    [InlineData("GET", "/b?versions", "ListObjectVersions")]
    [InlineData("GET", "/b?policy", "GET Bucket?policy")]
    [InlineData("PUT", "/b", "CreateBucket")]
    [InlineData("POST", "/b?delete", "DeleteObjects")]
    [InlineData("HEAD", "/b", "HeadBucket")]
    [InlineData("GET", "/b/k", "GetObject")]
    [InlineData("GET", "/b//", "GetObject")]
    [InlineData("GET", "/b/k?versionId=1", "GetObject")]
    [InlineData("GET", "/b/k?tagging", "GetObjectTagging")]
    [InlineData("GET", "/b/k?acl", "GET Object?acl")]
    [InlineData("HEAD", "/b/k", "HeadObject")]
    [InlineData("PUT", "/b/k?x-id=PutObject", "PutObject")]
    [InlineData("POST", "/b/k?uploads", "CreateMultipartUpload")]
    [InlineData("PUT", "/b/k?partNumber=1&uploadId=x", "UploadPart")]
    [InlineData("POST", "/b/k?uploadId=x", "CompleteMultipartUpload")]
    [InlineData("DELETE", "/b/k", "DeleteObject")]
    public void Requests_have_the_names_that_AWS_has_for_them(string method, string target, string operation)
    {
        Assert.Equal(operation, new ProxiedRequest(method, target, [], 1).Operation);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }
}
