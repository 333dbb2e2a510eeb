using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Config;
using JadaStore.Collectors.Tests.Aws.Judge;

namespace JadaStore.Collectors.Tests.S3.Config;

/// <summary>moto's answers, as jstore reads them and as <c>aws … --output json</c> prints them.</summary>
[Collection(SharedJudge.Name)]
public sealed partial class BucketDocumentsJudgedTests(AwsJudge judge)
{
    [JudgeFact]
    public async Task Every_answer_is_byte_for_byte_what_the_AWS_CLI_prints()
    {
        MotoBuckets.Make(judge, "judged-full");
        MotoBuckets.Make(judge, "judged-empty", lockable: false);
        IReadOnlyList<string> filled = MotoBuckets.Fill(judge, "judged-full");
        using var transport = new PlainTransport(judge.Endpoint);
        var calls = new AwsCalls(AwsModel.Of("s3"), transport);
        var answered = new List<string>();

        foreach (BucketDocument document in BucketDocuments.All)
        {
            foreach (string bucket in (string[])["judged-full", "judged-empty", "judged-missing"])
            {
                (int code, string text, string error) = judge.TryAws(
                    "s3api", CommandOf(document.Get), "--bucket", bucket);
                string ours;
                try
                {
                    JsonObject answer = await calls.CallAsync(
                        document.Get, new JsonObject { ["Bucket"] = bucket }, default);
                    ours = answer.Count == 0 ? "" : Encoding.UTF8.GetString(CanonicalJson.Write(answer));
                    answered.Add($"{document.Name} {bucket}");
                }
                catch (AwsException e)
                {
                    Assert.NotEqual(0, code);
                    Assert.Contains(
                        $"({(e.Code.Length > 0 ? e.Code : e.Status.ToString())})", error, StringComparison.Ordinal);
                    continue;
                }

                Assert.True(code == 0, $"{document.Get} {bucket}: {error}");

                // moto lists the bucket where it does not know what is asked for; the CLI prints nothing of that.
                if (!ours.Contains("\"MaxKeys\":", StringComparison.Ordinal))
                {
                    Assert.Equal(text, ours);
                }
            }
        }

        // What moto has; should it learn more, so do we.
        Assert.Superset(
            new HashSet<string>(
            [
                "accelerate", "acl", "cors", "encryption", "inventory", "lifecycle", "logging", "notification",
                "object-lock",
                "ownership-controls", "policy", "public-access-block", "replication", "tagging", "versioning",
                "website",
            ]),
            filled.ToHashSet());
        Assert.All(filled, name => Assert.Contains($"{name} judged-full", answered));
    }

    private static string CommandOf(string operation) =>
        Upper().Replace(operation, "-$1").TrimStart('-').ToLowerInvariant();

    [GeneratedRegex("([A-Z][a-z]+)")]
    private static partial Regex Upper();
}
