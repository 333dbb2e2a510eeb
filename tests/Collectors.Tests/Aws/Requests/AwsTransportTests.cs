using System.Net;
using Amazon.Runtime;
using JadaStore.Collectors.Aws.Requests;
using static JadaStore.Collectors.Tests.Aws.Requests.TableHandler;

namespace JadaStore.Collectors.Tests.Aws.Requests;

/// <summary>What fails for a moment is tried again, what is refused is not, and nothing waits for ever.</summary>
public class AwsTransportTests
{
    private static readonly AwsRequest Get = new() { Operation = "GetObject", Method = "GET", Bucket = "b.c",
        Path = "/../x/%2E//y" };

    [Theory, InlineData(500), InlineData(502), InlineData(503), InlineData(504), InlineData(429)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        var handler = new TableHandler((_, before) => before < 3 ? Is(status) : Is(200, "body"));
        await using AwsResponse response = await Over(handler).SendAsync(Get, default);

        Assert.Equal(200, response.Status);
        Assert.Equal(4, handler.Requests.Count);
    }

    [Theory]
    [InlineData(403, "<Error><Code>AccessDenied</Code><Message>no\n way</Message></Error>", "AccessDenied")]
    [InlineData(404, "<?xml version='1.0'?>\n<ErrorResponse><Error><Code>NoSuchKey</Code></Error></ErrorResponse>",
        "NoSuchKey")]
    [InlineData(400, "{\"__type\":\"com.amazon#ValidationException\",\"message\":\"bad\"}", "ValidationException")]
    [InlineData(404, "", "NotFound")]
    [InlineData(404, "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Error><Code>&e;</Code></Error>",
        "NotFound")]
    [InlineData(403, "<Error><Code>AccessDenied</Code><Messa", "AccessDenied")]
    [InlineData(400, "{\"__type\":", "BadRequest")]
    public async Task A_refusal_is_final_and_says_what_it_is(int status, string body, string code)
    {
        var handler = new TableHandler((_, _) => Is(status, body));

        AwsException e = await Assert.ThrowsAsync<AwsException>(() => Over(handler).SendAsync(Get, default));

        Assert.Equal((status, code), (e.Status, e.Code));
        Assert.DoesNotContain('\n', e.Message);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task No_network_is_an_exception_after_all_tries()
    {
        var handler = new TableHandler((_, _) => throw new HttpRequestException("no route"));

        AwsException e = await Assert.ThrowsAsync<AwsException>(() => Over(handler).SendAsync(Get, default));

        Assert.Equal((0, ""), (e.Status, e.Code));
        Assert.Contains("no route", e.Message, StringComparison.Ordinal);
        Assert.Equal(4, handler.Requests.Count);
    }

    [Fact]
    public async Task A_path_is_sent_as_it_is()
    {
        var handler = new TableHandler((_, _) => Is(200));
        await using AwsResponse response = await Over(handler).SendAsync(Get with { Query = [new("tagging", null),
            new("a b", "+&")] }, default);

        Assert.Equal("GET http://s3.test:1234/b.c/../x/%2E//y?a%20b=%2B%26&tagging", handler.Requests.Single());
    }

    [Fact]
    public async Task A_bucket_is_followed_to_its_region_and_the_region_remembered()
    {
        var handler = new TableHandler((request, _) =>
            request.Headers.GetValues("authorization").Single().Contains("/eu-west-3/", StringComparison.Ordinal)
                ? Is(200) : Is(301, "<Error><Code>PermanentRedirect</Code></Error>", ("x-amz-bucket-region",
                    "eu-west-3")));
        var transport = new AwsTransport(new AwsEndpoint(AwsService.S3, null, pathStyle: false), Wire(handler),
            "us-east-1");

        await (await transport.SendAsync(Get with { Bucket = "bucket" }, default)).DisposeAsync();
        await (await transport.SendAsync(Get with { Bucket = "bucket", Path = "/z" }, default)).DisposeAsync();

        Assert.Equal(
            ["GET https://bucket.s3.us-east-1.amazonaws.com/../x/%2E//y",
                "GET https://bucket.s3.eu-west-3.amazonaws.com/../x/%2E//y",
             "GET https://bucket.s3.eu-west-3.amazonaws.com/z"],
            handler.Requests);
    }

    [Fact]
    public async Task A_region_that_is_no_region_is_not_followed()
    {
        var handler = new TableHandler((_, _) => Is(301, "", ("x-amz-bucket-region", "evil.example.org/")));
        var transport = new AwsTransport(new AwsEndpoint(AwsService.S3, null, pathStyle: false), Wire(handler),
            "us-east-1");

        await Assert.ThrowsAsync<AwsException>(() => transport.SendAsync(Get with { Bucket = "bucket" }, default));

        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_wrong_clock_is_set_right()
    {
        var handler = new TableHandler((_, before) => before == 0
            ? Is(403, "<Error><Code>RequestTimeTooSkewed</Code></Error>", ("date",
                "Fri, 24 May 2013 00:00:00 GMT")) : Is(200));

        await (await Over(handler).SendAsync(Get, default)).DisposeAsync();

        Assert.Contains("/20130524/", handler.Signatures.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_given_up()
    {
        var handler = new TableHandler((_, before) => Is(before == 0 ? 100 : 200));

        await (await Over(handler, stall: 50).SendAsync(Get, default)).DisposeAsync();

        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task A_body_that_stalls_is_given_up_and_its_place_given_back()
    {
        var handler = new TableHandler((_, _) =>
            new HttpResponseMessage(HttpStatusCode.OK) { Content = new SilentContent() });
        AwsTransport transport = Over(handler, stall: 50, inFlight: 1);
        for (int i = 0; i < 3; i++)
        {
            await using AwsResponse response = await transport.SendAsync(Get, default);
            await Assert.ThrowsAsync<IOException>(() => response.Body.ReadExactlyAsync(new byte[1]).AsTask());
        }
    }

    [Fact]
    public async Task A_place_is_taken_until_the_body_is_read()
    {
        var handler = new TableHandler((_, _) => Is(200, "x"));
        AwsTransport transport = Over(handler, inFlight: 1);
        AwsResponse first = await transport.SendAsync(Get, default);

        Task<AwsResponse> second = transport.SendAsync(Get, default);
        Assert.Single(handler.Requests);
        Assert.Equal(1, await first.Body.ReadAsync(new byte[9]));
        Assert.Equal(0, await first.Body.ReadAsync(new byte[9]));
        await using AwsResponse next = await second;

        Assert.Equal(2, handler.Requests.Count);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Who_cancels_gets_a_cancellation()
    {
        using var stop = new CancellationTokenSource();
        var handler = new TableHandler((_, _) => { stop.Cancel(); return Is(100); });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Over(handler).SendAsync(Get, stop.Token));
    }

    [Theory, InlineData("DELETE"), InlineData("PUT"), InlineData("POST")]
    public async Task An_empty_body_is_announced(string method)
    {
        long? length = null;
        var handler = new TableHandler((request, _) =>
            { length = request.Content?.Headers.ContentLength; return Is(204); });

        await (await Over(handler).SendAsync(Get with { Method = method }, default)).DisposeAsync();

        Assert.Equal(0, length);
    }

    [Fact]
    public void Slowing_down_halves_what_runs_at_once_and_successes_bring_it_back()
    {
        var places = new InFlight(64);
        places.SlowDown();
        Assert.Equal(32, places.Allowed);
        for (int i = 0; i < 4000; i++)
        {
            places.Succeeded();
        }

        Assert.Equal(64, places.Allowed);
    }

    [Fact]
    public async Task Retries_end_when_nothing_succeeds_any_more()
    {
        var handler = new TableHandler((_, _) => Is(500));
        AwsTransport transport = Over(handler);
        for (int i = 0; i < 100; i++)
        {
            await Assert.ThrowsAsync<AwsException>(() => transport.SendAsync(Get, default));
        }

        Assert.Equal(200, handler.Requests.Count);   // 100 first tries, and the 100 retries that 500 tokens buy
    }

    private static AwsTransport Over(HttpMessageHandler handler, double stall = 30_000, int inFlight = 8) =>
        new(new AwsEndpoint(AwsService.S3, new Uri("http://s3.test:1234"), pathStyle: true), Wire(handler, stall,
            inFlight), "us-east-1");

    private static AwsWire Wire(HttpMessageHandler handler, double stall = 30_000, int inFlight = 8) => new(
        () => new(new ImmutableCredentials("key", "secret", null)), inFlight, TimeProvider.System, handler)
    {
        Attempts = 4, Backoff = TimeSpan.FromMicroseconds(1), Stall = TimeSpan.FromMilliseconds(stall),
    };
}
