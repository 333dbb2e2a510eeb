using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Tests.Aws.Judge;

namespace JadaStore.Collectors.Tests.Aws.Requests;

/// <summary>The examples of "Signature Calculations for the Authorization Header" in the S3 API reference; and
/// botocore.</summary>
[Collection(SharedJudge.Name)]
public class AwsSignerTests(AwsJudge judge)
{
    private const string Stamp = "20261123T093748Z";

    private static readonly ImmutableCredentials Example =
        new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);

    [Theory]
    [InlineData("GET", "/test.txt", "", "", "range:bytes=0-9",
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData(
        "PUT", "/test%24file.text", "", "Welcome to Amazon S3.",
        "date:Fri, 24 May 2013 00:00:00 GMT|x-amz-storage-class:REDUCED_REDUNDANCY",
        "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")]
    [InlineData("GET", "/", "lifecycle", "", "", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("GET", "/", "prefix=J|max-keys=2", "", "",
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Signatures_are_those_of_the_documentation(
        string method, string path, string query, string body, string extra, string signature)
    {
        var headers = new List<KeyValuePair<string, string>> { new("host", "examplebucket.s3.amazonaws.com") };
        headers.AddRange(Parts(extra).Select(part => part.Split(':', 2)).Select(part =>
            KeyValuePair.Create(part[0], part[1])));
        var asked = new AwsQuery([.. Parts(query).Select(part => part.Split('='))
            .Select(part => KeyValuePair.Create(part[0], part.Length > 1 ? part[1] : null))]);

        new AwsSigner(AwsService.S3).Sign(
            headers, method, path, asked.Signed,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))), "us-east-1",
            Example, DateTimeOffset.Parse("2013-05-24T00:00:00Z", CultureInfo.InvariantCulture));

        Assert.EndsWith("Signature=" + signature, headers.Find(header =>
            header.Key == "authorization").Value, StringComparison.Ordinal);
    }

    [JudgeTheory]
    [InlineData("iam", "us-east-1", "POST", "/", "", "Action=ListUsers&Version=2010-05-08",
        "application/x-www-form-urlencoded; charset=utf-8")]
    [InlineData("dynamodb", "eu-west-3", "POST", "/", "", "{\"a\":\"\u00e9\"}", "application/x-amz-json-1.0")]
    [InlineData("lambda", "us-east-1", "GET",
        "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A1%3Afunction%3Af/policy", "Qualifier=a b|Marker=+/=", "", "")]
    [InlineData("apigateway", "cn-north-1", "GET", "/tags/arn%3Aaws%3Aapigateway%3A%3A%2Frestapis%2Fx%20y",
        "limit=500|position=\u00e4~*", "", "")]
    [InlineData("route53", "us-east-1", "GET", "/2013-04-01/hostedzone/Z1/rrset",
        "name=\\052.example.com.|type=A|name=a", "", "")]
    public void Signatures_are_those_of_botocore(
        string service, string region, string method, string path, string query, string body, string type)
    {
        var headers = new List<KeyValuePair<string, string>> { new("host", "service.test") };
        headers.AddRange(type.Length > 0 ? [KeyValuePair.Create("content-type", type)] : []);
        var asked = new AwsQuery([.. Parts(query).Select(part => part.Split('=', 2))
            .Select(part => KeyValuePair.Create<string, string?>(part[0], part[1]))]);
        string expected = judge.Ask(
            "sign", service, region, method, $"https://service.test{path}{asked.Sent}",
            type.Length > 0 ? new Dictionary<string, string> { ["Content-Type"] = type } : [], body, Stamp)
            .GetValue<string>();
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var time = DateTimeOffset.ParseExact(
            Stamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

        new AwsSigner(new AwsService(service, service, service, service)).Sign(
            headers, method, path, asked.Signed, hash, region,
            new ImmutableCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "token"), time);

        Assert.Equal(expected, headers.Find(header => header.Key == "authorization").Value);
    }

    private static string[] Parts(string text) => text.Split('|', StringSplitOptions.RemoveEmptyEntries);
}
