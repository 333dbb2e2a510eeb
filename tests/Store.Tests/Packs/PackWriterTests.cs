using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Packs;

public sealed class PackWriterTests
{
    private static CancellationToken None => CancellationToken.None;

    [Theory, InlineData(1, 1), InlineData(2, 10_000), InlineData(3, 300_000), InlineData(4, 1 << 30)]
    public async Task What_many_threads_append_is_all_there_and_counted(int seed, long targetSize)
    {
        using var test = new TestPack();
        await using PackWriter writer = test.NewWriter(targetSize: targetSize);

        await Parallel.ForAsync(0, 120, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var random = new Random((seed * 1000) + i);
            int length = 1 + random.Next(random.Next(3) == 0 ? 100 : 40_000);
            byte[] raw = random.Next(2) == 0 ? Seeded.Text(i, length) : Seeded.Bytes((seed * 1000) + i, length);
            await test.AppendAsync(writer, raw, Seeded.Lengths(random, length, 5000), (Codec)random.Next(3));
        });
        await writer.FlushAsync(None);

        var read = new HashSet<ChunkId>();
        foreach (PackFooter published in test.Published)
        {
            PackFooter footer = await test.Reader.ReadFooterAsync(published.Pack, None);
            Assert.True(footer.SaysTheSameAs(published));
            read.UnionWith(await test.ReadAllAsync(footer));
        }

        Assert.Equal(test.Written.Keys.ToHashSet(), read);
        Assert.Equal(test.Published.Count, test.Backend.Objects.Count);
        Assert.Equal(test.Backend.Objects.Values.Sum(bytes => bytes.Length), writer.BytesWritten);
        Assert.Equal(120, test.Published.Sum(footer => footer.Blocks.Count));
        Assert.Equal(0, test.Backend.Unfinished);
        if (targetSize == 1)
        {
            Assert.Equal(120, test.Published.Count);
        }
    }

    [Fact]
    public async Task A_pack_is_closed_by_the_frame_that_reaches_the_target()
    {
        using var test = new TestPack();
        await using PackWriter writer = test.NewWriter(targetSize: 50_000);
        for (int i = 0; i < 20; i++)
        {
            await test.AppendAsync(writer, Seeded.Bytes(i, 10_000), [10_000], Codec.Stored);
        }

        await writer.FlushAsync(None);

        Assert.Equal(4, test.Published.Count);
        Assert.All(test.Backend.Objects.Values, bytes => Assert.InRange(bytes.Length, 50_000, 60_500));
    }

    [Fact]
    public async Task Many_small_chunks_close_a_pack_too_since_they_fill_its_footer()
    {
        using var test = new TestPack();
        await using PackWriter writer = test.NewWriter(targetSize: 10_000);
        await test.AppendAsync(writer, new byte[400], [.. Enumerable.Repeat(1, 400)], Codec.Lz4Fast);
        await test.AppendAsync(writer, new byte[400], [.. Enumerable.Repeat(1, 400)], Codec.Lz4Fast);
        await writer.FlushAsync(None);

        Assert.Equal(2, test.Published.Count);
    }

    [Fact]
    public async Task Flushing_nothing_writes_nothing_and_appending_goes_on_after_a_flush()
    {
        using var test = new TestPack();
        await using PackWriter writer = test.NewWriter();
        await writer.FlushAsync(None);
        Assert.Empty(test.Backend.Objects);

        await test.AppendAsync(writer, new byte[10], [10], Codec.Stored);
        await writer.FlushAsync(None);
        await writer.FlushAsync(None);
        await test.AppendAsync(writer, new byte[11], [11], Codec.Stored);
        await writer.FlushAsync(None);

        Assert.Equal(2, test.Published.Count);
    }

    [Fact]
    public async Task A_pack_is_published_only_after_it_has_its_name()
    {
        using var test = new TestPack();
        bool named = false;
        await using PackWriter writer = test.NewWriter(published: (footer, _) =>
        {
            named = test.Backend.Objects.ContainsKey(PackName.Of(footer.Pack));
            return ValueTask.CompletedTask;
        });
        await test.AppendAsync(writer, new byte[10], [10], Codec.Stored);
        await writer.FlushAsync(None);

        Assert.True(named);
    }

    [Fact]
    public async Task Without_a_flush_nothing_gets_a_name_and_nothing_stays()
    {
        using var test = new TestPack();
        await using (PackWriter writer = test.NewWriter())
        {
            await test.AppendAsync(writer, new byte[10], [10], Codec.Stored);
            Assert.Equal(1, test.Backend.Unfinished);
        }

        Assert.Empty(test.Backend.Objects);
        Assert.Empty(test.Published);
        Assert.Equal(0, test.Backend.Unfinished);
    }

    [Fact]
    public async Task A_kill_before_the_commit_leaves_a_file_in_tmp_and_no_pack()
    {
        using var test = new TestPack();
        string folder = Path.Combine(Path.GetTempPath(), $"jstore-{Guid.NewGuid():n}");
        try
        {
            using var backend = new FolderBackend(folder);
            await using PackWriter killed = test.NewWriter(backend: backend);
            await test.AppendAsync(killed, Seeded.Bytes(1, 5000), [5000], Codec.Stored);

            Assert.False(Directory.Exists(Path.Combine(folder, "packs")));
            Assert.Single(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory, InlineData(0), InlineData(3), InlineData(4), InlineData(20), InlineData(-1)]
    public async Task A_frame_that_is_wrong_when_it_is_checked_is_never_written(int at)
    {
        using var test = new TestPack();
        int frames = 0;
        await using PackWriter writer = test.NewWriter(tamper: frame =>
        {
            if (++frames == 2)
            {
                frame.Span[at < 0 ? ^1 : at] ^= 4;
            }
        });
        await test.AppendAsync(writer, new byte[100], [100], Codec.Lz4Fast);

        var e = await Assert.ThrowsAsync<StoreException>(
            async () => await test.AppendAsync(writer, new byte[99], [99], Codec.Lz4Fast));
        Assert.Equal(StoreFault.Io, e.Fault);
        Assert.Contains("Frame 1", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(
            async () => await test.AppendAsync(writer, new byte[98], [98], Codec.Lz4Fast));
        await Assert.ThrowsAsync<StoreException>(async () => await writer.FlushAsync(None));
        Assert.Empty(test.Backend.Objects);
    }

    [Fact]
    public async Task Bytes_that_change_while_they_are_stored_are_noticed()
    {
        using var test = new TestPack();
        byte[] raw = Seeded.Text(1, 1000);
        await using PackWriter writer = test.NewWriter(tamper: _ => raw[500] ^= 1);

        await Assert.ThrowsAsync<StoreException>(
            async () => await test.AppendAsync(writer, raw, [1000], Codec.Lz4Fast));
    }

    [Fact]
    public async Task A_footer_that_is_wrong_when_it_is_checked_is_never_written()
    {
        using var test = new TestPack();
        int calls = 0;
        await using PackWriter writer =
            test.NewWriter(tamper: bytes => bytes.Span[^20] ^= (byte)(++calls == 2 ? 1 : 0));
        await test.AppendAsync(writer, new byte[100], [100], Codec.Lz4Fast);

        var e = await Assert.ThrowsAsync<StoreException>(async () => await writer.FlushAsync(None));

        Assert.Contains("footer", e.Message, StringComparison.Ordinal);
        Assert.Empty(test.Backend.Objects);
        Assert.Empty(test.Published);
        Assert.Equal(0, test.Backend.Unfinished);
    }

    [Fact]
    public async Task A_failed_commit_comes_out_later_and_packs_without_fault_are_kept()
    {
        using var test = new TestPack();
        string? failed = null;
        test.Backend.OnCommit = name => Interlocked.CompareExchange(ref failed, name, null) is null
            ? throw new StoreException(StoreFault.Io, "disk full")
            : ValueTask.CompletedTask;
        await using PackWriter writer = test.NewWriter(targetSize: 1000);
        var e = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            await Parallel.ForAsync(
                0, 8, async (i, _) => await test.AppendAsync(writer, Seeded.Bytes(i, 900), [900], Codec.Stored));
            await writer.FlushAsync(None);
        });

        Assert.Equal("disk full", e.Message);
        Assert.Equal(
            "disk full", (await Assert.ThrowsAsync<StoreException>(async () => await writer.FlushAsync(None))).Message);
        Assert.DoesNotContain(failed!, test.Backend.Objects.Keys);
        Assert.Equal(test.Backend.Objects.Keys.Order(), test.Published.Select(p => PackName.Of(p.Pack)).Order());
        Assert.Equal(0, test.Backend.Unfinished);
    }

    [Fact]
    public async Task A_failed_write_leaves_no_pack_with_a_hole()
    {
        using var test = new TestPack();
        int writes = 0;
        test.Backend.OnWrite = _ =>
            ++writes == 2 ? throw new StoreException(StoreFault.Io, "broken") : ValueTask.CompletedTask;
        await using PackWriter writer = test.NewWriter();
        await test.AppendAsync(writer, new byte[10], [10], Codec.Stored);
        await Assert.ThrowsAsync<StoreException>(
            async () => await test.AppendAsync(writer, new byte[11], [11], Codec.Stored));
        await Assert.ThrowsAsync<StoreException>(async () => await writer.FlushAsync(None));

        Assert.Empty(test.Backend.Objects);
        Assert.Equal(0, test.Backend.Unfinished);
    }

    [Fact]
    public async Task A_failure_to_publish_comes_out_of_the_flush()
    {
        using var test = new TestPack();
        await using PackWriter writer =
            test.NewWriter(published: (_, _) => throw new StoreException(StoreFault.Io, "catalog"));
        await test.AppendAsync(writer, new byte[10], [10], Codec.Stored);

        Assert.Equal(
            "catalog", (await Assert.ThrowsAsync<StoreException>(async () => await writer.FlushAsync(None))).Message);
    }

    [Fact]
    public async Task No_more_than_two_packs_are_being_finished_and_the_rest_waits()
    {
        using var test = new TestPack();
        var gate = new TaskCompletionSource();
        test.Backend.OnCommit = async _ => await gate.Task;
        await using PackWriter writer = test.NewWriter(targetSize: 1);
        Task[] appends =
            [.. Enumerable.Range(0, 10).Select(i => test.AppendAsync(writer, [(byte)i], [1], Codec.Stored).AsTask())];

        // With a target of one byte a pack is closed by its only frame, so the third place too is one being finished.
        Assert.Equal(3, test.Backend.Unfinished);
        Assert.Equal(3, appends.Count(task => task.IsCompleted));
        gate.SetResult();
        await Task.WhenAll(appends);
        await writer.FlushAsync(None);

        Assert.Equal(10, test.Published.Count);
    }

    [Fact]
    public async Task A_cancelled_append_that_took_no_place_does_no_harm()
    {
        using var test = new TestPack();
        await using PackWriter writer = test.NewWriter();
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await writer.AppendAsync(new byte[1], new ChunkId[1], new[] { 1 }, Codec.Stored, source.Token));
        await test.AppendAsync(writer, new byte[10], [10], Codec.Stored);
        await writer.FlushAsync(None);

        Assert.Single(test.Published);
    }

    [Fact]
    public async Task A_caller_who_passes_lengths_that_do_not_fit_does_no_harm()
    {
        using var test = new TestPack();
        await using PackWriter writer = test.NewWriter();

        await Assert.ThrowsAnyAsync<ArgumentException>(async () =>
            await writer.AppendAsync(new byte[5], new ChunkId[1], new[] { 4 }, Codec.Stored, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () =>
            await writer.AppendAsync(new byte[5], new ChunkId[2], new[] { 5 }, Codec.Stored, None));
        await test.AppendAsync(writer, new byte[10], [10], Codec.Stored);
        await writer.FlushAsync(None);

        Assert.Single(test.Published);
    }

    [Fact]
    public async Task After_it_was_disposed_of_it_takes_nothing()
    {
        using var test = new TestPack();
        PackWriter writer = test.NewWriter();
        await writer.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await test.AppendAsync(writer, new byte[1], [1], Codec.Stored));
    }
}
