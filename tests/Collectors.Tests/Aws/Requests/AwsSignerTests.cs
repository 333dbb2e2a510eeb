using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Tests.Aws.Requests;

/// <summary>The examples of "Signature Calculations for the Authorization Header" in the S3 API reference.</summary>
public class AwsSignerTests
{
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

    private static string[] Parts(string text) => text.Split('|', StringSplitOptions.RemoveEmptyEntries);
}
