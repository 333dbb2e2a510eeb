using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.S3.Config;
using JadaStore.Collectors.Tests.Aws.Judge;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.S3.Config;

/// <summary>Capture and restore against moto, filled by <c>aws</c>.</summary>
[Collection(SharedJudge.Name)]
public sealed class S3BucketConfigMotoTests(AwsJudge judge) : IDisposable
{
    private readonly Lazy<PlainTransport> _transport = new(() => new PlainTransport(judge.Endpoint));

    public void Dispose()
    {
        if (_transport.IsValueCreated)
        {
            _transport.Value.Dispose();
        }
    }

    [JudgeFact]
    public async Task A_bucket_without_configuration_has_only_what_every_bucket_has()
    {
        MotoBuckets.Make(judge, "bare-bucket", lockable: false);

        Dictionary<string, byte[]> documents = await DocumentsAsync("bare-bucket");

        Assert.Subset(
            new HashSet<string>(["acl.json", "location.json", "request-payment.json", "encryption.json", "ownership-controls.json", "public-access-block.json"]),
            documents.Keys.ToHashSet());
        Assert.Equal("{\n    \"LocationConstraint\": null\n}\n", Encoding.UTF8.GetString(documents["location.json"]));
    }

    [JudgeFact]
    public async Task What_is_captured_comes_back_and_is_captured_alike()
    {
        MotoBuckets.Make(judge, "round-from");
        MotoBuckets.Make(judge, "round-to");
        IReadOnlyList<string> filled = MotoBuckets.Fill(judge, "round-from");
        Dictionary<string, byte[]> captured = await DocumentsAsync("round-from");
        var restore = new S3BucketConfigRestore("round-to", _transport.Value);

        IReadOnlyList<ConfigStep> planned = await restore.RunAsync(
            captured, new ConfigRestoreOptions { DryRun = true, Delete = true }, default);
        Dictionary<string, byte[]> untouched = await DocumentsAsync("round-to");
        IReadOnlyList<ConfigStep> done = await restore.RunAsync(
            captured, new ConfigRestoreOptions { Delete = true }, default);
        IReadOnlyList<ConfigStep> again = await restore.RunAsync(
            captured, new ConfigRestoreOptions { Delete = true }, default);

        Assert.Equal(planned, done);
        Assert.All(done, step => Assert.Null(step.Failure));
        Assert.Empty(again);
        Assert.NotEqual(untouched.Count, captured.Count);
        Assert.True(filled.Count >= 16);
        AssertSame(captured, await DocumentsAsync("round-to"));
        foreach (string command in (string[])["get-bucket-cors", "get-bucket-lifecycle-configuration", "get-bucket-policy", "get-bucket-website", "get-bucket-acl"])
        {
            Assert.Equal(judge.Aws("s3api", command, "--bucket", "round-from"), judge.Aws(
                "s3api", command, "--bucket", "round-to"));
        }
    }

    [JudgeFact]
    public async Task With_delete_what_was_not_there_is_taken_away()
    {
        MotoBuckets.Make(judge, "delete-from", lockable: false);
        MotoBuckets.Make(judge, "delete-to", lockable: false);
        Dictionary<string, byte[]> bare = await DocumentsAsync("delete-from");
        MotoBuckets.Fill(judge, "delete-to");
        var restore = new S3BucketConfigRestore("delete-to", _transport.Value);

        // moto takes DELETE ?inventory for an order to delete the bucket.
        var keep = new ConfigRestoreOptions { Delete = true, NotCaptured = new HashSet<string> { "website.json", "inventory.json" } };

        Assert.DoesNotContain(await restore.RunAsync(
            bare, new ConfigRestoreOptions { DryRun = true }, default), step => step.Kind == ConfigStepKind.Delete);
        IReadOnlyList<ConfigStep> done = await restore.RunAsync(bare, keep, default);
        Dictionary<string, byte[]> left = await DocumentsAsync("delete-to");

        Assert.Equal(["object-lock.json"], done.Where(step => step.Failure is not null).Select(step => step.Path));
        Assert.Contains(new ConfigStep(ConfigStepKind.Delete, "cors.json"), done);
        Assert.True(left.Remove("inventory.json"));
        Assert.True(left.Remove("website.json"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(left["versioning.json"]), JsonNode.Parse("""{"Status":"Suspended"}""")));
        left.Remove("versioning.json");
        left.Remove("object-lock.json");
        left.Remove("accelerate.json");
        AssertSame(bare, left);
    }

    [JudgeFact]
    public async Task A_snapshot_of_an_unchanged_configuration_adds_nothing()
    {
        MotoBuckets.Make(judge, "still-bucket");
        MotoBuckets.Fill(judge, "still-bucket");
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new S3BucketConfig("still-bucket", _transport.Value);

        Snapshot first = await temp.SnapshotAsync(source);
        Snapshot second = await temp.SnapshotAsync(source);
        judge.Aws("s3api", "delete-bucket-cors", "--bucket", "still-bucket");
        Snapshot third = await temp.SnapshotAsync(source);

        Assert.True(first.Record.Sources[0].Complete);
        Assert.Equal("s3-config/still-bucket", first.Record.Sources[0].Root);
        Assert.Equal((0, first.Record.Sources[0].Tree), (second.Record.AddedBytes, second.Record.Sources[0].Tree));
        Assert.Equal(first.Record.Sources[0].Entries - 1, third.Record.Sources[0].Entries);
        Assert.Contains("s3-config/still-bucket/policy.json", (await temp.EntriesAsync(first)).Keys);
    }

    [JudgeFact]
    public async Task A_bucket_that_is_not_there_is_a_source_out_of_reach()
    {
        StoreException e = await Assert.ThrowsAsync<StoreException>(() => DocumentsAsync("no-such-bucket-here"));

        Assert.Equal(StoreFault.SourceUnreachable, e.Fault);
        Assert.Contains("no-such-bucket-here", e.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(Dictionary<string, byte[]> expected, Dictionary<string, byte[]> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, one => Assert.Equal(
            Encoding.UTF8.GetString(one.Value), Encoding.UTF8.GetString(actual[one.Key])));
    }

    private Task<Dictionary<string, byte[]>> DocumentsAsync(string bucket) =>
        CollectedDocuments.OfAsync(new S3BucketConfig(bucket, _transport.Value));
}
