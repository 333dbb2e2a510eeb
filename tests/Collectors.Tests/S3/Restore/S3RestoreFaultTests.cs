using System.Text.Json.Nodes;
using JadaStore.Collectors.Tests.Servers;
using JadaStore.Store;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using static JadaStore.Collectors.Tests.S3.Restore.RichObjects;

namespace JadaStore.Collectors.Tests.S3.Restore;

/// <summary>Whatever goes wrong while a bucket is restored, nothing wrong stands there.</summary>
public sealed class S3RestoreFaultTests
{
    public static TheoryData<string> Servers() => S3Servers.All();

    /// <summary>Whatever fails on the way, what stands there in the end is right.</summary>
    [ServerTheory, MemberData(nameof(Servers))]
    public async Task Under_faults_all_comes_back_right(string server)
    {
        await using RestoreGround ground = await RestoreGround.OnAsync(server);
        string bucket = await ground.Calls.MakeBucketAsync(), back = await ground.Calls.MakeBucketAsync();
        await ground.Calls.CallAllAsync(
            [.. Enumerable.Range(0, 150).Select(i => ("PutObject", Rich(bucket, $"k{i}", i)))]);
        await PutPartsAsync(ground.Calls, bucket, "parts", 5 << 20);
        await ground.Calls.CallAllAsync(
            [.. Enumerable.Range(0, 50).Select(i => ("PutObject", Rich(back, $"old{i}", i)))]);
        Snapshot snapshot = await ground.SnapshotAsync(bucket);
        await using FaultProxy proxy = FaultProxy.Before(ground.Endpoint, FaultPlan.Share(7, 0.1));

        RestoreReport report = await ground.RestoreAsync(
            new RestoreRequest { Snapshot = snapshot, Overwrite = Overwrite.Changed, Delete = true }, back,
            proxy: proxy);

        Assert.Empty(report.Errors);
        Assert.True(proxy.Faults > 10, $"{proxy.Faults} faults");
        Assert.Equal([], (await ground.Calls.StateAsync(bucket)).Differences(await ground.Calls.StateAsync(back)));
    }

    [ServerTheory, MemberData(nameof(Servers))]
    public async Task A_run_that_was_stopped_is_taken_up_where_it_ended(string server)
    {
        const int Count = 400;
        await using RestoreGround ground = await RestoreGround.OnAsync(server);
        string bucket = await ground.Calls.MakeBucketAsync(), back = await ground.Calls.MakeBucketAsync();
        await ground.Calls.CallAllAsync(
            [.. Enumerable.Range(0, Count).Select(i => ("PutObject", Rich(bucket, $"k{i}", i % 50)))]);
        Snapshot snapshot = await ground.SnapshotAsync(bucket);
        using var stop = new CancellationTokenSource();
        int seen = 0;
        var request = new RestoreRequest
        {
            Snapshot = snapshot,
            OnAction = _ =>
            {
                if (Interlocked.Increment(ref seen) == Count / 3)
                {
                    stop.Cancel();
                }
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ground.RestoreAsync(request, back, cancellationToken: stop.Token));
        await using FaultProxy proxy = FaultProxy.Before(ground.Endpoint, FaultPlan.None);

        RestoreReport report =
            await ground.RestoreAsync(new RestoreRequest { Snapshot = snapshot }, back, proxy: proxy);

        Assert.Equal(Count, report.Files + report.Skipped);
        Assert.InRange(report.Skipped, Count / 3, Count - 1);
        Assert.Equal($"ListObjectsV2=1 PutObject={report.Files}", Shown(proxy));
        Assert.Equal([], (await ground.Calls.StateAsync(bucket)).Differences(await ground.Calls.StateAsync(back)));
    }

    [ServerTheory, MemberData(nameof(Servers))]
    public async Task An_upload_that_fails_leaves_nothing_and_is_named(string server)
    {
        await using RestoreGround ground = await RestoreGround.OnAsync(server);
        string bucket = await ground.Calls.MakeBucketAsync(), back = await ground.Calls.MakeBucketAsync();
        await PutPartsAsync(ground.Calls, bucket, "parts", 5 << 20);
        await ground.Calls.PutAsync(bucket, "small", "1");
        Snapshot snapshot = await ground.SnapshotAsync(bucket);
        var plan = new FaultPlan(request =>
            request.Target.Contains("partNumber=2", StringComparison.Ordinal) ? Fault.InternalError : Fault.None);
        await using FaultProxy proxy = FaultProxy.Before(ground.Endpoint, plan);

        RestoreReport report =
            await ground.RestoreAsync(new RestoreRequest { Snapshot = snapshot }, back, proxy: proxy);

        Assert.Equal(["parts"], report.Errors.Select(error => error.Path));
        Assert.Contains("UploadPart", report.Errors[0].Message, StringComparison.Ordinal);
        Assert.Equal(["small"], (await ground.Calls.StateAsync(back)).Keys);
        JsonObject uploads = await ground.Calls.CallAsync("ListMultipartUploads", new JsonObject { ["Bucket"] = back });
        Assert.Empty(uploads["Uploads"]?.AsArray() ?? []);
    }

    [ServerTheory, MemberData(nameof(Servers))]
    public async Task A_bucket_that_is_not_there_is_told_of_at_once(string server)
    {
        await using RestoreGround ground = await RestoreGround.OnAsync(server);
        string bucket = await ground.Calls.MakeBucketAsync();
        await ground.Calls.PutAsync(bucket, "k", "1");
        Snapshot snapshot = await ground.SnapshotAsync(bucket);

        StoreException e = await Assert.ThrowsAsync<StoreException>(
            () => ground.RestoreAsync(new RestoreRequest { Snapshot = snapshot }, "jstore-no-such-bucket"));

        Assert.Equal(StoreFault.SourceUnreachable, e.Fault);
        Assert.Contains("no bucket jstore-no-such-bucket", e.Message, StringComparison.Ordinal);
    }
}
