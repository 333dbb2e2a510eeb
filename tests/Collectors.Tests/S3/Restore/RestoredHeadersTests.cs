using System.Text;
using JadaStore.Collectors.S3.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.S3.Restore;

/// <summary>What is sent is what was captured of the object, and nothing else.</summary>
public sealed class RestoredHeadersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_belongs_to_the_object_is_sent_and_what_the_server_makes_is_not()
    {
        RestoredHeaders headers = RestoredHeaders.Of(
            Object(
                ("header.cache-control", "no-store"), ("header.content-type", "text/html"), ("header.etag", "\"x\""),
                ("header.x-amz-meta-a", "gr\u00FC\u00DFe"), 
                ("header.x-amz-tagging-count", "1"), ("header.x-amz-version-id", "v"),
                ("header.x-amz-storage-class", "GLACIER"), ("tag.a&b", "c=d e/")),
            Now);

        Assert.Equal(
            ["cache-control=no-store", "content-type=text/html", "x-amz-meta-a=gr\u00FC\u00DFe",
             "x-amz-storage-class=GLACIER", "x-amz-tagging=a%26b=c%3Dd%20e%2F"],
            headers.WithTags().Select(pair => $"{pair.Key}={pair.Value}"));
    }

    /// <summary>Else a restore would take from a live object the tags that a snapshot could not read.</summary>
    [Fact]
    public void Tags_that_could_not_be_read_are_known_to_be_unknown()
    {
        RestoredHeaders none =
            RestoredHeaders.Of(Object(("header.etag", "x"), ("header.x-amz-tagging-count", "0")), Now);
        RestoredHeaders lost =
            RestoredHeaders.Of(Object(("header.etag", "x"), ("header.x-amz-tagging-count", "2")), Now);

        none.RequireTags();
        Assert.False(lost.AreTagsKnown);
        Assert.Throws<IOException>(lost.RequireTags);
    }

    [Theory]
    [InlineData("2026-11-24T00:00:00Z", true)]
    [InlineData("2026-11-22T00:00:00Z", false)]
    [InlineData("soon", false)]
    public void A_lock_that_ran_out_is_left_out(string until, bool isSent)
    {
        RestoredHeaders headers = RestoredHeaders.Of(
            Object(
                ("header.x-amz-object-lock-legal-hold", "ON"), ("header.x-amz-object-lock-mode", "GOVERNANCE"),
                ("header.x-amz-object-lock-retain-until-date", until)),
            Now);

        Assert.Equal(isSent ? 3 : 1, headers.All.Count());
    }

    [Theory]
    [InlineData("header.x-amz-meta-a", "b\r\nx-amz-acl: public-read")]
    [InlineData("header.x-amz-meta-a\r\nx-amz-acl", "public-read")]
    [InlineData("header.x-amz-meta-a b", "c")]
    [InlineData("header.content-type", "a\0b")]
    public void What_would_be_another_header_is_refused(string name, string value) =>
        Assert.Throws<IOException>(() => RestoredHeaders.Of(Object((name, value)), Now));

    [Theory]
    [InlineData("header.x-amz-acl")]
    [InlineData("header.host")]
    [InlineData("header.authorization")]
    [InlineData("header.x-amz-copy-source")]
    public void A_header_that_no_object_has_is_never_sent(string name) =>
        Assert.Empty(RestoredHeaders.Of(Object((name, "x")), Now).All);

    [Fact]
    public void What_a_bucket_adds_by_itself_is_no_difference_and_all_else_is()
    {
        (string, string)[] wanted = [("header.content-type", "a/b"), ("header.x-amz-meta-m", "1")];
        Assert.True(
            Are(wanted, [.. wanted, ("header.x-amz-server-side-encryption", "AES256"), ("header.etag", "\"y\"")]));
        Assert.True(Are(wanted, [.. wanted, ("header.x-amz-storage-class", "STANDARD")]));
        Assert.False(Are(wanted, [.. wanted, ("header.x-amz-meta-n", "2")]));
        Assert.False(Are(wanted, [.. wanted, ("header.cache-control", "2")]));
        Assert.False(Are(wanted, wanted[..1]));
        Assert.False(Are([.. wanted, ("header.x-amz-server-side-encryption", "aws:kms")], wanted));
    }

    private static bool Are((string, string)[] wanted, (string, string)[] live) =>
        RestoredHeaders.Of(Object(wanted), Now).Are(RestoredHeaders.Of(Object(live), Now));

    private static Entry Object(params (string Name, string Value)[] attributes) => new()
    {
        Path = new EntryPath("k.css"),
        Kind = EntryKind.File,
        Attributes = [.. attributes.Select(one => new NamedValue(one.Name, Encoding.Latin1.GetBytes(one.Value)))],
    };
}
