using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using JadaStore.Collectors.Aws.Requests;
using static JadaStore.Collectors.Tests.Aws.Requests.TableHandler;

namespace JadaStore.Collectors.Tests.Aws.Requests;

/// <summary>What fails for a moment is tried again, what is refused is not, and nothing waits for ever.</summary>
public class AwsTransportTests
{
    private static readonly AwsRequest Get = new() { Operation = "GetObject", Method = "GET", Bucket = "b.c",
        Path = "/../x/%2E//y" };

    private static readonly AwsService Iam = new("iam", "iam", "iam", "IAM");

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

    /// <summary>The shapes of "error serialization" in the Smithy documents, and what stands between us and
    /// AWS.</summary>
    [Theory]
    [InlineData(400, "<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>", "",
        "UnauthorizedOperation")]
    [InlineData(404, "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code></Error></ErrorResponse>", "",
        "NoSuchEntity")]
    [InlineData(404, "{\"Message\":\"gone\",\"Type\":\"User\"}",
        "x-amzn-errortype: ResourceNotFoundException:http://internal.amazon.com/coral/", "ResourceNotFoundException")]
    [InlineData(404, "{\"code\":\"Other\",\"message\":7}", "x-amzn-errortype: aws.protocoltests#FooError", "FooError")]
    [InlineData(400, "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\"}",
        "x-amzn-query-error: AWS.SimpleQueueService.NonExistentQueue;Sender",
        "AWS.SimpleQueueService.NonExistentQueue")]
    [InlineData(400, "{\"__type\":\"A#B\"}", "x-amzn-query-error: odd", "B")]
    [InlineData(404, "<html><head><title>404</title></head><body><h1>Not Found</h1></body></html>", "", "NotFound")]
    [InlineData(404, "Not yet implemented", "", "NotFound")]
    [InlineData(418, "[1,2]", "", "418")]
    public async Task Every_protocols_errors_are_read(int status, string body, string header, string code)
    {
        string[] parts = header.Split(": ");
        var handler = new TableHandler((_, _) =>
            header.Length == 0 ? Is(status, body) : Is(status, body, (parts[0], parts[1])));

        AwsException e = await Assert.ThrowsAsync<AwsException>(() => Over(handler).SendAsync(Get, default));

        Assert.Equal((status, code), (e.Status, e.Code));
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

    [Fact]
    public async Task What_one_service_does_costs_another_no_retries()
    {
        var handler = new TableHandler((request, before) =>
            Is(request.RequestUri!.Host.StartsWith("s3", StringComparison.Ordinal) || before % 2 == 0 ? 500 : 200));
        AwsWire wire = Wire(handler);
        var failing = new AwsTransport(new AwsEndpoint(AwsService.S3, null, pathStyle: true), wire, "us-east-1");
        for (int i = 0; i < 200; i++)
        {
            await Assert.ThrowsAsync<AwsException>(() => failing.SendAsync(Get, default));
        }

        int before = handler.Requests.Count;
        var other = new AwsTransport(new AwsEndpoint(Iam, null, pathStyle: false), wire, "us-east-1");
        await (await other.SendAsync(Get with { Bucket = null }, default)).DisposeAsync();

        Assert.Equal(300, before);   // its budget is spent
        Assert.Equal(2, handler.Requests.Count - before);
    }

    [Fact]
    public async Task Who_waits_to_try_again_takes_no_place()
    {
        var handler = new TableHandler((request, _) => Is(request.RequestUri!.Host == "iam.amazonaws.com" ? 503 : 200));
        using var stop = new CancellationTokenSource();
        var wire = new AwsWire(
            () => new(new ImmutableCredentials("key", "secret", null)), new InFlight(2, 2), TimeProvider.System, handler)
        {
            Backoff = TimeSpan.FromDays(1),
        };
        var slow = new AwsTransport(new AwsEndpoint(Iam, null, pathStyle: false), wire, "us-east-1");
        Task[] waiting =
            [.. Enumerable.Range(0, 20).Select(_ => slow.SendAsync(Get with { Bucket = null }, stop.Token))];

        var other = new AwsTransport(new AwsEndpoint(AwsService.S3, null, pathStyle: true), wire, "us-east-1");
        for (int i = 0; i < 20; i++)
        {
            await (await other.SendAsync(Get, default)).DisposeAsync();
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
    }

    [Fact]
    public async Task A_service_with_one_host_is_asked_there_and_signed_for_its_region()
    {
        var handler = new TableHandler((_, _) => Is(200));
        var iam = new AwsTransport(new AwsEndpoint(Iam, null, pathStyle: false), Wire(handler), "eu-west-1");

        await (await iam.SendAsync(Get with { Bucket = null, Path = "/" }, default)).DisposeAsync();

        Assert.Equal("GET https://iam.amazonaws.com/", handler.Requests.Single());
        Assert.Contains("/us-east-1/iam/", handler.Signatures.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("us-east-1", SocketError.HostNotFound, "", 4)]
    [InlineData("xx-new-1", SocketError.HostNotFound, "ServiceNotInRegion", 1)]
    [InlineData("xx-new-1", SocketError.TryAgain, "", 4)]
    public async Task A_host_that_is_not_there_means_that_the_region_lacks_the_service(
        string region, SocketError found, string code, int tries)
    {
        var handler = new TableHandler((_, _) => throw new HttpRequestException(
            HttpRequestError.NameResolutionError, "unknown host", new SocketException((int)found)));
        var ec2 = new AwsService("ec2", "ec2", "ec2", "EC2");
        var transport = new AwsTransport(new AwsEndpoint(ec2, null, pathStyle: false), Wire(handler), region);

        AwsException e = await Assert.ThrowsAsync<AwsException>(
            () => transport.SendAsync(Get with { Bucket = null }, default));

        Assert.Equal((0, code, tries), (e.Status, e.Code, handler.Requests.Count));
        Assert.Equal(code.Length > 0, e.Message.Contains($"ec2 is not in {region}", StringComparison.Ordinal));
    }

    /// <summary>The handler's own limit shows as a cancellation, too.</summary>
    [Fact]
    public async Task A_connection_that_is_not_made_is_told_from_an_answer_that_does_not_come()
    {
        var handler = new TableHandler((_, _) =>
            throw new TaskCanceledException("slow", new TimeoutException("no connection")));
        var silent = new TableHandler((_, _) => Is(100));

        AwsException unconnected = await Assert.ThrowsAsync<AwsException>(() => Over(handler).SendAsync(Get, default));
        AwsException unanswered = await Assert.ThrowsAsync<AwsException>(
            () => Over(silent, stall: 20).SendAsync(Get, default));

        Assert.Contains("no connection to s3.test:1234 was made", unconnected.Message, StringComparison.Ordinal);
        Assert.Contains("no answer came within 0", unanswered.Message, StringComparison.Ordinal);
    }

    private static AwsTransport Over(HttpMessageHandler handler, double stall = 30_000, int inFlight = 8) =>
        new(new AwsEndpoint(AwsService.S3, new Uri("http://s3.test:1234"), pathStyle: true), Wire(handler, stall,
            inFlight), "us-east-1");

    private static AwsWire Wire(HttpMessageHandler handler, double stall = 30_000, int inFlight = 8) => new(
        () => new(new ImmutableCredentials("key", "secret", null)), new InFlight(inFlight, inFlight), TimeProvider.System, handler)
    {
        Attempts = 4, Backoff = TimeSpan.FromMicroseconds(1), Stall = TimeSpan.FromMilliseconds(stall),
    };
}
