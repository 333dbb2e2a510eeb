using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.S3.Config;

namespace JadaStore.Collectors.Tests.Aws.Models;

public class AwsModelTests
{
    [Fact]
    public void Every_document_of_a_bucket_has_its_operations()
    {
        AwsModel s3 = AwsModel.Of("s3");
        foreach (BucketDocument document in BucketDocuments.All)
        {
            var got = (StructureShape)s3.Operation(document.Get).Output!.Shape;
            Assert.All(new[] { document.Text, document.Items }.OfType<string>(), member => Assert.Contains(
                member, got.Members));
            if (document.Put is { } put)
            {
                var takes = (StructureShape)s3.Operation(put).Input!.Shape;
                IEnumerable<string> expected = document.Wrap is { } wrap
                    ? [wrap]
                    : got.Members.Keys.Where(name => name != "RequestCharged");
                Assert.All(expected, member => Assert.Contains(member, takes.Members));
            }

            Assert.True(document.Delete is null || s3.Operation(document.Delete).Method == "DELETE");
        }
    }

    [Fact]
    public void A_service_without_a_model_is_refused_by_name() =>
        Assert.Contains("nothing", Assert.Throws<ArgumentException>(
            () => AwsModel.Of("nothing")).Message, StringComparison.Ordinal);
}
