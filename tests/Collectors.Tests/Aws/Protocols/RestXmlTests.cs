using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Protocols;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store;

namespace JadaStore.Collectors.Tests.Aws.Protocols;

public class RestXmlTests
{
    private static readonly AwsModel S3 = AwsModel.Of("s3");

    private readonly RestXml _protocol = new();

    /// <summary>A service learns new things before its users do: a backup must not lose them.</summary>
    [Fact]
    public void What_the_model_does_not_know_is_kept_and_sent_back()
    {
        const string Body = """
            <CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CORSRule kind="k"><ID>a</ID><AllowedMethod>GET</AllowedMethod>
            <MaxAgeSeconds>many</MaxAgeSeconds><New>1</New><New><Deep at="2">x</Deep></New><AllowedMethods>odd</AllowedMethods></CORSRule></CORSConfiguration>
            """;
        JsonNode expected = JsonNode.Parse("""
            {"CORSRules":[{"ID":"a","AllowedMethods":["GET"],"MaxAgeSeconds":"many","New":["1",{"Deep":{"@at":"2","#text":"x"}}],
            "xml:AllowedMethods":"odd","@kind":"k"}]}
            """)!;

        JsonObject read = Read("GetBucketCors", Body);
        AwsRequest sent = _protocol.Write(S3.Operation(
            "PutBucketCors"), new JsonObject { ["Bucket"] = "b", ["CORSConfiguration"] = read.DeepClone() });

        Assert.True(JsonNode.DeepEquals(expected, read), read.ToJsonString());
        Assert.True(
            JsonNode.DeepEquals(read, Read("GetBucketCors", Encoding.UTF8.GetString(sent.Body.Span))),
            Encoding.UTF8.GetString(sent.Body.Span));
    }

    [Theory]
    [InlineData("""<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-west-1</LocationConstraint>""", "\"eu-west-1\"")]
    [InlineData("""<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>""", "null")]
    public void The_location_is_the_root_itself(string body, string location) =>
        Assert.Equal($$"""{"LocationConstraint":{{location}}}""", Read("GetBucketLocation", body).ToJsonString());

    [Theory]
    [InlineData("GetBucketTagging", "<Tagging><TagSet/></Tagging>", """{"TagSet":[]}""")]
    [InlineData("GetBucketTagging", "<Tagging> </Tagging>", "{}")]
    [InlineData("GetBucketTagging", "", "{}")]
    [InlineData("GetBucketVersioning", "<V><Status>Enabled</Status><MfaDelete>Disabled</MfaDelete></V>", """{"Status":"Enabled","MFADelete":"Disabled"}""")]
    [InlineData("GetPublicAccessBlock", "<P><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>perhaps</IgnorePublicAcls></P>", """{"PublicAccessBlockConfiguration":{"BlockPublicAcls":true,"IgnorePublicAcls":"perhaps"}}""")]
    public void Absent_stays_absent_and_empty_empty(string operation, string body, string json) =>
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(json), Read(operation, body)), Read(operation, body).ToJsonString());

    [Theory]
    [InlineData("<html><body>oops")]
    [InlineData("<!DOCTYPE html><html></html>")]
    public void A_body_that_is_no_answer_is_an_error_of_the_service(string body) =>
        Assert.Equal("MalformedAnswer", Assert.Throws<AwsException>(() => Read("GetBucketTagging", body)).Code);

    [Fact]
    public void A_name_that_XML_does_not_allow_is_refused()
    {
        JsonNode document = JsonNode.Parse("""{"TagSet":[{"a><b":"c"}]}""")!;

        StoreException e = Assert.Throws<StoreException>(() => _protocol.Write(
            S3.Operation("PutBucketTagging"), new JsonObject { ["Bucket"] = "b", ["Tagging"] = document }));
        Assert.Equal(StoreFault.Refused, e.Fault);
    }

    [Fact]
    public void A_request_without_its_bucket_is_refused() =>
        Assert.Throws<StoreException>(() => _protocol.Write(S3.Operation("GetBucketAcl"), []));

    private JsonObject Read(string operation, string body) =>
        _protocol.Read(S3.Operation(operation), new WholeAnswer(200, [], Encoding.UTF8.GetBytes(body)));
}
