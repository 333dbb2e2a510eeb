using System.Net;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Lambda;

namespace JadaStore.Collectors.Tests.Lambda;

/// <summary>Whatever breaks on the way, what arrives is what was listed, or nothing.</summary>
public sealed class ZipFetchTests : IDisposable
{
    private readonly ZipGround _ground = new();
    private readonly byte[] _bytes = new byte[300_000];

    public ZipFetchTests() => new Random(5).NextBytes(_bytes);

    public void Dispose() => _ground.Dispose();

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_connection_that_breaks_goes_on_where_it_ended_from_a_fresh_URL(bool knowsRanges)
    {
        RemoteZip zip = _ground.Put(_bytes);
        _ground.Server.KnowsRanges = knowsRanges;
        _ground.Server.BreaksAfter = number => number < 3 ? (knowsRanges ? 70_000 : 70_000 * (number + 1)) : null;

        Assert.Equal(_bytes, await FetchAsync(zip));

        Assert.Equal(
            [
                $"/fn?X-Amz-Security-Token={ZipGround.Token}-1",
                $"/fn?X-Amz-Security-Token={ZipGround.Token}-2 bytes=70000-",
                $"/fn?X-Amz-Security-Token={ZipGround.Token}-3 bytes=140000-",
                $"/fn?X-Amz-Security-Token={ZipGround.Token}-4 bytes=210000-",
            ],
            _ground.Server.Requests);
    }

    [Fact]
    public async Task A_URL_that_expired_is_asked_for_anew()
    {
        RemoteZip zip = _ground.Put(_bytes);
        _ground.Server.Instead = number => number == 0 ? Refusal() : null;

        Assert.Equal(_bytes, await FetchAsync(zip));
        Assert.Equal(2, _ground.Located);
    }

    /// <summary>Asked for eight times in a row, a function whose code nobody may fetch would cost eight requests to
    /// Lambda as well, in each snapshot.</summary>
    [Fact]
    public async Task A_new_URL_that_is_refused_too_is_a_refusal()
    {
        RemoteZip zip = _ground.Put(_bytes);
        _ground.Server.Instead = _ => Refusal();

        AwsException e = await Assert.ThrowsAsync<AwsException>(() => FetchAsync(zip));

        Assert.Equal(
            "the code of fn cannot be fetched: the link to it is refused, and so was another one: "
            + "the code of fn: AccessDenied (403): Request has expired", e.Message);
        Assert.Equal(2, _ground.Located);
        Assert.Equal(2, _ground.Server.Requests.Count);
    }

    /// <summary>What came between the two shows that links are good, for their time.</summary>
    [Fact]
    public async Task URLs_may_expire_as_often_as_something_came_in_between()
    {
        RemoteZip zip = _ground.Put(_bytes);
        _ground.Server.BreaksAfter = number => number < 7 ? 50_000 : null;
        _ground.Server.Instead = number => number % 2 == 0 ? Refusal() : null;

        Assert.Equal(_bytes, await FetchAsync(zip));
        Assert.Equal(8, _ground.Located);
    }

    /// <summary>Eight tries within a moment all meet the same trouble.</summary>
    [Fact]
    public async Task Before_what_broke_off_is_asked_for_again_there_is_a_wait_that_grows()
    {
        var time = new WaitCounter();
        using var ground = new ZipGround(time);
        RemoteZip zip = ground.Put(_bytes);
        ground.Server.BreaksAfter = _ => 10;

        await Assert.ThrowsAsync<IOException>(async () => await ground.Zips.HoldAsync(zip, default));

        Assert.Equal(8, ground.Server.Requests.Count);
        Assert.Equal(7, time.Waits.Count);
        Assert.All(time.Waits.Index(), wait => Assert.InRange(
            wait.Item, TimeSpan.Zero, WaitCounter.Backoff * Math.Pow(2, wait.Index)));

        ground.Server.BreaksAfter = _ => null;
        int before = ground.Located;
        ground.Server.Instead = number => ground.Located == before + 1 ? Refusal() : null;
        using ZipLease lease = await ground.Zips.HoldAsync(zip, default);
        Assert.Equal(7, time.Waits.Count);
    }

    [Fact]
    public async Task What_passes_is_tried_again_and_a_refusal_is_told_without_the_URL()
    {
        RemoteZip zip = _ground.Put(_bytes);
        _ground.Server.Instead = number =>
            number == 0 ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : null;
        Assert.Equal(_bytes, await FetchAsync(zip));

        RemoteZip gone = _ground.Put(RawZip.Of(), "gone");
        _ground.Server.Files.Clear();
        IOException e = await Assert.ThrowsAnyAsync<IOException>(() => FetchAsync(gone));
        Assert.Contains("the code of gone", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(ZipGround.Token, e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_always_breaks_is_an_IOException_in_the_end()
    {
        RemoteZip zip = _ground.Put(_bytes);
        _ground.Server.BreaksAfter = _ => 10;

        await Assert.ThrowsAsync<IOException>(() => FetchAsync(zip));
        Assert.Equal(8, _ground.Server.Requests.Count);
    }

    [Fact]
    public async Task What_arrived_wrong_is_fetched_again_from_the_start()
    {
        RemoteZip zip = _ground.Put(_bytes);
        byte[] wrong = [.. _bytes];
        wrong[1000] ^= 1;
        _ground.Server.Instead = number => number == 0
            ? new HttpResponseMessage { Content = new ByteArrayContent(wrong) } : null;

        Assert.Equal(_bytes, await FetchAsync(zip));
        Assert.Equal(2, _ground.Server.Requests.Count);
    }

    /// <summary>Longer or shorter, or an answer to another range: the next byte would stand in a wrong place.</summary>
    [Theory]
    [InlineData(1, "is longer than the 300000 bytes listed")]
    [InlineData(-1, "ended after 299999 of 300000 bytes")]
    public async Task What_has_another_length_than_listed_is_refused(int more, string why)
    {
        byte[] other = new byte[_bytes.Length + more];
        _bytes.AsSpan(0, Math.Min(other.Length, _bytes.Length)).CopyTo(other);
        RemoteZip zip = _ground.Put(other, listed: _bytes);
        _ground.Server.KnowsRanges = false;

        IOException e = await Assert.ThrowsAnyAsync<IOException>(() => FetchAsync(zip));

        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_another_range_is_not_taken()
    {
        RemoteZip zip = _ground.Put(_bytes);
        _ground.Server.BreaksAfter = number => number == 0 ? 100_000 : null;
        _ground.Server.Instead = number =>
        {
            if (number != 1)
            {
                return null;
            }

            var response = new HttpResponseMessage(HttpStatusCode.PartialContent)
            {
                Content = new ByteArrayContent(_bytes[..200_000]),
            };
            response.Content.Headers.ContentRange = new(0, 199_999, 300_000);
            return response;
        };

        Assert.Equal(_bytes, await FetchAsync(zip));
        Assert.Equal(3, _ground.Server.Requests.Count);
    }

    private static HttpResponseMessage Refusal() => new(HttpStatusCode.Forbidden)
    {
        Content = new StringContent("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"),
    };

    private async Task<byte[]> FetchAsync(RemoteZip zip)
    {
        using ZipLease lease = await _ground.Zips.HoldAsync(zip, default);
        byte[] bytes = new byte[lease.Zip.Bytes.Length];
        Assert.Equal(bytes.Length, lease.Zip.Bytes.Read(0, bytes));
        Assert.Equal(0, lease.Zip.Bytes.Read(bytes.Length, new byte[1]));
        return bytes;
    }
}
