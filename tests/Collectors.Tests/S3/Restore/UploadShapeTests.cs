using System.Security.Cryptography;
using System.Text;
using JadaStore.Collectors.S3.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.S3.Restore;

/// <summary>An object is uploaded in the parts that give it the ETag that it had.</summary>
public sealed class UploadShapeTests
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData(20_000_000, 8)]
    [InlineData(20_000_000, 7)]
    [InlineData(16_000_000, 15)]
    [InlineData(16_000_000, 10)]
    [InlineData(16_000_000, 5)]
    [InlineData(5, 8)]
    [InlineData(0, 8)]
    public void The_size_of_the_parts_follows_from_the_etag(int length, int part)
    {
        byte[] content = RandomNumberGenerator.GetBytes(length);
        string etag = UploadShape.ETag([.. content.Chunk(part * MiB).DefaultIfEmpty([]).Select(bytes =>
            CryptographicOperations.HashData(HashAlgorithmName.MD5, bytes))]);
        Entry entry = Of(length, etag);

        long found = UploadShape.PartSize(entry, content);

        Assert.True(UploadShape.IsHeld(entry));
        Assert.Equal(
            Math.Max(1, (length + (part * MiB) - 1) / (part * MiB)), Math.Max(1, (length + found - 1) / found));
        Assert.True(length <= part * MiB || found == part * MiB);
    }

    [Theory]
    [InlineData(8L * MiB, null, true, 16L * MiB)]
    [InlineData((8L * MiB) + 1, null, false, 16L * MiB)]
    [InlineData(64L * MiB, "d41d8cd98f00b204e9800998ecf8427e", true, 16L * MiB)]
    [InlineData((64L * MiB) + 1, "d41d8cd98f00b204e9800998ecf8427e", false, 16L * MiB)]
    [InlineData(1024L * MiB, "d41d8cd98f00b204e9800998ecf8427e-128", false, 8L * MiB)]
    [InlineData(1024L * MiB, "d41d8cd98f00b204e9800998ecf8427e-64", false, 16L * MiB)]
    [InlineData(5L * 1024 * 1024 * MiB, "", false, 525L * MiB)]
    [InlineData(1024L * MiB, "d41d8cd98f00b204e9800998ecf8427e-99999", false, 16L * MiB)]
    public void Large_content_goes_in_parts_that_suffice(long length, string? etag, bool isHeld, long part)
    {
        Assert.Equal((isHeld, part), (UploadShape.IsHeld(Of(length, etag)), UploadShape.PartSize(Of(length, etag))));
        Assert.InRange(length / part, 0, 10_000);
    }

    [Fact]
    public async Task Buffers_are_bounded_and_who_waits_longest_goes_first()
    {
        var budget = new BufferBudget(100);
        PooledBuffer first = await budget.TakeAsync(60, default);
        using var stop = new CancellationTokenSource();
        Task<PooledBuffer> stopped = budget.TakeAsync(90, stop.Token).AsTask();
        Task<PooledBuffer> whole = budget.TakeAsync(500, default).AsTask();
        Task<PooledBuffer> small = budget.TakeAsync(1, default).AsTask();

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        Assert.False(whole.IsCompleted || small.IsCompleted);
        first.Dispose();
        first.Dispose();
        PooledBuffer big = await whole;
        Assert.False(small.IsCompleted);
        big.Dispose();
        (await small).Dispose();
        (await budget.TakeAsync(100, default)).Dispose();
    }

    private static Entry Of(long length, string? etag) => new()
    {
        Path = new EntryPath("k"),
        Kind = EntryKind.File,
        Size = length,
        Attributes = etag is null ? [] : [new NamedValue("header.etag", Encoding.ASCII.GetBytes($"\"{etag}\""))],
    };
}
