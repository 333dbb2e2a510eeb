using System.Text;
using JadaStore.Collectors.S3.Listing;

namespace JadaStore.Collectors.Tests.S3.Listing;

public sealed class ListPageReaderTests
{
    private const string Object = "<Contents><Key>a</Key><Size>1</Size><ETag>\"e\"</ETag></Contents>";

    [Theory]
    [InlineData("<IsTruncated>false</IsTruncated>", 0)]
    [InlineData("<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>", 1)]
    public void A_page_says_whether_more_follows(string end, int next) => Assert.Equal(next, Read(end).Next.Count);

    /// <summary>Taken for the last one, such a page would have all that follows it look removed.</summary>
    [Theory]
    [InlineData("<IsTruncated>True</IsTruncated><NextContinuationToken>t</NextContinuationToken>")]
    [InlineData("<IsTruncated>1</IsTruncated>")]
    [InlineData("<IsTruncated/>")]
    [InlineData("<NextContinuationToken>t</NextContinuationToken>")]
    [InlineData("<IsTruncated>false</IsTruncated><NextKeyMarker>k</NextKeyMarker>")]
    [InlineData("<IsTruncated>true</IsTruncated>")]
    public void A_page_that_does_not_say_it_plainly_is_none(string end) =>
        Assert.ThrowsAny<IOException>(() => Read(end));

    private static ListPage Read(string end) => ListPageReader.Read(
        Encoding.UTF8.GetBytes($"<ListBucketResult>{Object}{end}</ListBucketResult>"));
}
