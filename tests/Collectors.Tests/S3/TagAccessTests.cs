using JadaStore.Collectors.S3;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.S3;

/// <summary>Tags that may not be read do not pass for tags that are not there.</summary>
public class TagAccessTests
{
    private readonly MemoryBucket _bucket = new();

    public TagAccessTests()
    {
        for (int i = 0; i < 30; i++)
        {
            _bucket.Put($"k{i}", [(byte)i]);
        }
    }

    [Fact]
    public async Task Where_they_are_denied_the_ledger_says_so_after_one_request()
    {
        _bucket.Instead = request => request.Operation == "GetObjectTagging"
            ? throw MemoryBucket.Fails(request, 403, "AccessDenied")
            : null;
        S3Bucket source = await TakenAsync();

        CoverageLine line = Assert.Single(source.Coverage);
        Assert.Equal(("tags", CoverageState.Denied), (line.Area, line.State));
        Assert.Equal(1, Asked);
    }

    [Fact]
    public async Task Where_they_may_be_read_nothing_is_said_after_one_request()
    {
        S3Bucket source = await TakenAsync();

        Assert.Empty(source.Coverage);
        Assert.Equal(1, Asked);
    }

    [Fact]
    public async Task An_object_that_is_gone_by_then_tells_nothing_so_another_is_asked_about()
    {
        int asked = 0;
        _bucket.Instead = request => request.Operation != "GetObjectTagging" ? null
            : Interlocked.Increment(ref asked) == 1 ? throw MemoryBucket.Fails(request, 404, "NoSuchKey")
            : throw MemoryBucket.Fails(request, 403, "AccessDenied");
        S3Bucket source = await TakenAsync();

        Assert.Single(source.Coverage);
        Assert.Equal(2, Asked);
    }

    private int Asked =>
        _bucket.Requests.Count(request => request.StartsWith("GetObjectTagging", StringComparison.Ordinal));

    private async Task<S3Bucket> TakenAsync()
    {
        S3Bucket source = _bucket.Source();
        await foreach (SourceEntry entry in source.CollectAsync(default))
        {
            await Local.Reading.OfAsync(entry);
        }

        return source;
    }
}
