using JadaStore.Collectors.Aws.Protocols;

namespace JadaStore.Collectors.Tests.Aws.Protocols;

public class AwsTimeTests
{
    [Theory]
    [InlineData("2026-11-23T09:37:48.000Z", "2026-11-23T09:37:48+00:00")]
    [InlineData("2026-11-23T09:37:48Z", "2026-11-23T09:37:48+00:00")]
    [InlineData("2026-11-23T09:37:48.125Z", "2026-11-23T09:37:48.125000+00:00")]
    [InlineData("2026-11-23T10:37:48+01:00", "2026-11-23T09:37:48+00:00")]
    [InlineData("Mon, 23 Nov 2026 09:37:48 GMT", "2026-11-23T09:37:48+00:00")]
    [InlineData("1795426668", "2026-11-23T09:37:48+00:00")]
    [InlineData("1795426668.5", "2026-11-23T09:37:48.500000+00:00")]
    [InlineData("never", "never")]
    [InlineData("99999999999999999999", "99999999999999999999")]
    [InlineData("", "")]
    public void Any_way_of_writing_a_time_reads_alike(string wire, string cli) =>
        Assert.Equal(cli, AwsTime.ToCli(wire));

    [Theory]
    [InlineData("iso8601", "2026-11-23T09:37:48Z")]
    [InlineData("rfc822", "Mon, 23 Nov 2026 09:37:48 GMT")]
    [InlineData("unixTimestamp", "1795426668")]
    public void A_time_is_sent_as_the_service_wants_it(string format, string wire)
    {
        Assert.Equal(wire, AwsTime.ToWire("2026-11-23T09:37:48+00:00", format));
        Assert.Equal("2026-11-23T09:37:48+00:00", AwsTime.ToCli(wire));
    }
}
