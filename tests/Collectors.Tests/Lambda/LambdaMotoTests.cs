using System.Text.Json.Nodes;
using Amazon.Runtime;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Collectors.Tests.Aws.Judge;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Lambda;

/// <summary>
/// A whole Lambda, as moto has it. Where code lies moto names a host of AWS, and has nothing there: the tests put it to
/// that bucket. Of a layer it names no place at all, so that its content stays a problem.
/// </summary>
[Collection(SharedJudge.Name)]
public sealed class LambdaMotoTests(AwsJudge judge)
{
    private const string Region = "eu-north-1";

    [JudgeFact]
    public async Task Functions_are_captured_with_their_code_from_the_host_that_stands_in_for_AWS()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        string folder = Directory.CreateTempSubdirectory("jstore-test-").FullName;
        string zip = Path.Combine(folder, "code.zip");
        byte[] code = RawZip.OfFiles(("index.js", "exports.handler = async () => 1;\n"));
        await File.WriteAllBytesAsync(zip, code);
        string layer = Path.Combine(folder, "layer.zip");
        await File.WriteAllBytesAsync(layer, RawZip.OfFiles(("nodejs/a.js", "1")));
        string bucket = $"awslambda-{Region}-tasks";
        judge.Aws("iam", "create-role", "--role-name", "code-role", "--assume-role-policy-document", "{}");
        judge.Aws("s3api", "create-bucket", "--bucket", bucket, "--create-bucket-configuration",
            $"LocationConstraint={Region}");
        judge.Aws("s3api", "put-object", "--bucket", bucket, "--key", "booking-webhook-1", "--body", zip,
            "--acl", "public-read");
        judge.Aws("lambda", "create-function", "--region", Region, "--function-name", "booking-webhook", "--runtime",
            "nodejs20.x",
            "--role", "arn:aws:iam::123456789012:role/code-role", "--handler", "index.handler",
            "--code", $"S3Bucket={bucket},S3Key=booking-webhook-1", "--publish");
        judge.Aws("lambda", "publish-layer-version", "--region", Region, "--layer-name", "layer", "--zip-file",
            $"fileb://{layer}");
        using var access = new AwsAccess(
            new AwsOptions { EndpointUrl = judge.Endpoint, Region = Region }, TimeProvider.System,
                new ImmutableCredentials("test", "test", null));
        var source = new AwsServiceSource(access, "lambda", new AwsServiceOptions { Regions = [Region] });

        Snapshot first = await temp.SnapshotAsync(source);
        Snapshot second = await temp.SnapshotAsync(source);

        Directory.Delete(folder, recursive: true);
        Dictionary<string, Entry> entries = await temp.EntriesAsync(first);
        Assert.Equal("exports.handler = async () => 1;\n", await ReadAsync(temp,
            entries[$"lambda/{Region}/booking-webhook/code/index.js"]));
        Assert.Equal(code.Length, entries[$"lambda/{Region}/booking-webhook/code.zip"].Size);
        Assert.Equal(
            JsonNode.Parse(judge.Aws("lambda", "get-function", "--region", Region, "--function-name",
                "booking-webhook"))!
                ["Configuration"]!["CodeSha256"]!.ToString(),
            LambdaGround.Sha256(code));
        Assert.DoesNotContain(first.Record.Sources[0].Errors, error => error.Path.Contains("/code",
            StringComparison.Ordinal)
            && !error.Path.Contains("/@code", StringComparison.Ordinal));
        Assert.Equal(2, first.Record.Sources[0].Errors.Count(error => error.Path.Contains("@layers/layer/1/content",
            StringComparison.Ordinal)));
        Assert.Empty(await temp.Store.DiffAsync(first, second, [], default).ToListAsync());
        Assert.Equal(0, second.Record.AddedBytes);
    }

    private static async Task<string> ReadAsync(TempRepository temp, Entry entry)
    {
        var bytes = new MemoryStream();
        await temp.Store.CopyContentAsync(entry, bytes, default);
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
