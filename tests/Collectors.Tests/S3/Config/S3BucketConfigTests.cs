using System.Text;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Config;
using JadaStore.Collectors.Tests.Aws;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.S3.Config;

/// <summary>Answers that moto does not give.</summary>
public class S3BucketConfigTests
{
    private const string Listing =
        "<ListBucketResult><Name>b</Name><Prefix/><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><Contents><Key>k</Key></Contents></ListBucketResult>";

    [Fact]
    public async Task What_is_denied_is_a_fault_of_its_own_and_the_rest_is_captured()
    {
        var transport = new FakeTransport(request => request.Operation switch
        {
            "GetBucketPolicy" =>
                throw new AwsException(request.Operation, 403, "AccessDenied", "GetBucketPolicy: access denied"),
            "GetBucketCors" => throw new AwsException(request.Operation, 404, "NoSuchCORSConfiguration", "none"),
            "GetBucketAccelerateConfiguration" => throw new AwsException(request.Operation, 501, "", "not implemented"),
            "GetBucketWebsite" => throw new AwsException(request.Operation, 405, "MethodNotAllowed", "no"),
            "GetBucketEncryption" or "ListBucketMetricsConfigurations" => Listing,
            "GetBucketTagging" => "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
            _ => "<Empty/>",
        });

        List<SourceEntry> found = [];
        await foreach (SourceEntry entry in new S3BucketConfig("b", transport).CollectAsync(default))
        {
            found.Add(entry);
        }

        Assert.Equal(found.OrderBy(entry => entry.Path), found);
        Assert.Equal("policy.json", Assert.Single(found.OfType<SourceFault>()).Path.ToString());
        Assert.DoesNotContain(found, entry => entry.Path.ToString(
            ) is "cors.json" or "accelerate.json" or "website.json" or "encryption.json" or "metrics.json");
        Assert.Contains(found, entry => entry.Path.ToString() == "tagging.json" && entry is not SourceFault);
    }

    [Theory, InlineData(0, "", "why"), InlineData(404, "NoSuchBucket", "no bucket b"), InlineData(
        403, "InvalidAccessKeyId", "access key")]
    public async Task What_concerns_the_whole_bucket_is_no_fault_of_a_document(int status, string code, string says)
    {
        var transport = new FakeTransport(request => throw new AwsException(request.Operation, status, code, "why"));

        StoreException e = await Assert.ThrowsAsync<StoreException>(
            () => CollectedDocuments.OfAsync(new S3BucketConfig("b", transport)));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_by_id_have_one_order()
    {
        static FakeTransport With(params string[] ids) =>
            new(request => request.Operation == "ListBucketMetricsConfigurations"
            ? $"<R>{string.Concat(ids.Select(id => $"<MetricsConfiguration><Id>{id}</Id></MetricsConfiguration>"))}</R>" : "<R/>");

        Dictionary<string, byte[]> one = await CollectedDocuments.OfAsync(new S3BucketConfig("b", With("a", "B", "c")));
        Dictionary<string, byte[]> other = await CollectedDocuments.OfAsync(
            new S3BucketConfig("b", With("c", "a", "B")));

        Assert.Equal(one["metrics.json"], other["metrics.json"]);
    }

    [Theory]
    [InlineData("""{"b":1,"a":{}}""", "{\n    \"b\": 1,\n    \"a\": {}\n}\n")]
    [InlineData("""{"a":1,"a":2}""", """{"a":1,"a":2}""")]
    [InlineData("not json", "not json")]
    public async Task A_policy_is_stored_as_itself(string policy, string stored)
    {
        var transport = new FakeTransport(request => request.Operation == "GetBucketPolicy" ? policy : "<R/>");

        Dictionary<string, byte[]> documents = await CollectedDocuments.OfAsync(new S3BucketConfig("b", transport));

        Assert.Equal(stored, Encoding.UTF8.GetString(documents["policy.json"]));
    }

    [Fact]
    public async Task Each_failure_of_a_restore_is_named_and_the_rest_goes_on()
    {
        var transport = new FakeTransport(request => request.Operation switch
        {
            "PutBucketPolicy" =>
                throw new AwsException(request.Operation, 400, "MalformedPolicy", "PutBucketPolicy: malformed"),
            "GetBucketWebsite" => Listing,
            "GetBucketPolicy" => throw new AwsException(request.Operation, 404, "NoSuchBucketPolicy", "none"),
            _ => request.Method == "GET" ? "<R/>" : "",
        });
        var documents = new Dictionary<string, byte[]>
        {
            ["policy.json"] = Encoding.UTF8.GetBytes("{\n    \"Version\": \"ü<\"\n}\n"),
            ["tagging.json"] = "{\"TagSet\": []}"u8.ToArray(),
            ["website.json"] = "{\"IndexDocument\": {\"Suffix\": \"x\"}}"u8.ToArray(),
            ["versioning.json"] = "{\"MFADelete\": \"Disabled\", \"Status\": \"Enabled\"}"u8.ToArray(),
            ["cors.json"] = "damaged"u8.ToArray(),
            ["metrics.json"] = "{\"MetricsConfigurationList\": [{\"Id\": \"one/1\"}]}"u8.ToArray(),
            ["location.json"] = "{\"LocationConstraint\": \"eu-west-1\"}"u8.ToArray(),
        };

        IReadOnlyList<ConfigStep> steps = await new S3BucketConfigRestore("b", transport).RunAsync(
            documents, new ConfigRestoreOptions(), default);

        Assert.Equal(
            ["policy.json", "versioning.json", "website.json", "cors.json", "tagging.json", "metrics.json one/1"],
            steps.Select(step => step.Path));
        Assert.Equal(["policy.json", "website.json", "cors.json"], steps.Where(
            step => step.Failure is not null).Select(step => step.Path));
        Assert.Equal("""{"Version":"ü<"}""", Body("PutBucketPolicy"));
        Assert.DoesNotContain("MfaDelete", Body("PutBucketVersioning"), StringComparison.Ordinal);
        Assert.Contains(new("id", "one/1"), transport.Sent.Single(
            request => request.Operation == "PutBucketMetricsConfiguration").Query);
        Assert.DoesNotContain(transport.Sent, request => request.Operation == "PutBucketWebsite");

        string Body(string operation) =>
            Encoding.UTF8.GetString(transport.Sent.Single(request => request.Operation == operation).Body.Span);
    }

    [Fact]
    public async Task What_comes_in_a_header_goes_back_in_one()
    {
        var transport = new FakeTransport(request => request.Method == "GET" ? "<R/>" : "");
        var documents = new Dictionary<string, byte[]>
        {
            ["lifecycle.json"] = """{"Rules": [{"ID": "a", "Status": "Enabled"}], "TransitionDefaultMinimumObjectSize": "varies_by_storage_class"}"""u8.ToArray(),
        };

        await new S3BucketConfigRestore("b", transport).RunAsync(documents, new ConfigRestoreOptions(), default);

        AwsRequest sent = Assert.Single(transport.Sent, request => request.Method == "PUT");
        Assert.Contains(new("x-amz-transition-default-minimum-object-size", "varies_by_storage_class"), sent.Headers);
        Assert.DoesNotContain("varies", Encoding.UTF8.GetString(sent.Body.Span), StringComparison.Ordinal);
    }
}
