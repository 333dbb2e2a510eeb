using JadaStore.Store.Backends;
using JadaStore.Store.Tests.Packs;

namespace JadaStore.Store.Tests.Backends;

/// <summary>What every backend promises; each one's tests inherit it.</summary>
public abstract class BackendContract
{
    private static CancellationToken None => CancellationToken.None;

    private protected abstract IBackend Backend { get; }

    [Fact]
    public async Task What_was_created_can_be_read_whole_and_in_part()
    {
        byte[] bytes = Seeded.Bytes(1, 1000), part = new byte[300];

        Assert.True(await Backend.TryCreateAsync("keys/a.json", bytes, None));
        await Backend.ReadAsync("keys/a.json", 700, part, None);

        Assert.Equal(bytes, await Backend.TryReadAllAsync("keys/a.json", 1000, None));
        Assert.Equal(bytes[700..], part);
        Assert.Equal(1000, await Backend.TryGetLengthAsync("keys/a.json", None));
    }

    [Fact]
    public async Task An_empty_object_is_an_object()
    {
        Assert.True(await Backend.TryCreateAsync("empty", default, None));
        Assert.Equal(Array.Empty<byte>(), await Backend.TryReadAllAsync("empty", 0, None));
    }

    [Fact]
    public async Task What_is_not_there_is_null_or_false_or_nothing()
    {
        Assert.Null(await Backend.TryGetLengthAsync("a/b", None));
        Assert.Null(await Backend.TryReadAllAsync("a/b", 10, None));
        Assert.False(await Backend.DeleteAsync("a/b", None));
        Assert.Empty(await Backend.ListAsync("a", None));
    }

    [Theory, InlineData(0, 11), InlineData(10, 1), InlineData(500, 1), InlineData(5, 6)]
    public async Task Reading_past_the_end_is_damage(int offset, int length)
    {
        await Backend.TryCreateAsync("short", new byte[10], None);

        await AssertFault(StoreFault.Corrupt, () => Backend.ReadAsync("short", offset, new byte[length], None));
    }

    [Fact]
    public Task Reading_what_is_missing_is_damage() =>
        AssertFault(StoreFault.Corrupt, () => Backend.ReadAsync("packs/00/missing", 0, new byte[1], None));

    [Fact]
    public async Task What_is_longer_than_it_may_be_is_not_read()
    {
        await Backend.TryCreateAsync("long", new byte[11], None);

        await AssertFault(StoreFault.Corrupt, async () => await Backend.TryReadAllAsync("long", 10, None));
    }

    [Fact]
    public async Task A_name_that_is_taken_keeps_what_it_has()
    {
        Assert.True(await Backend.TryCreateAsync("config", "first"u8.ToArray(), None));
        Assert.False(await Backend.TryCreateAsync("config", "second"u8.ToArray(), None));
        await using (IBackendWriter writer = await Backend.BeginAsync("config", None))
        {
            await writer.WriteAsync(0, "third"u8.ToArray(), None);
            await AssertFault(StoreFault.Io, () => writer.CommitAsync(None));
        }

        Assert.Equal("first"u8.ToArray(), await Backend.TryReadAllAsync("config", 100, None));
    }

    [Fact]
    public async Task What_is_replaced_reads_as_the_new_bytes_though_the_old_were_read_before()
    {
        await Backend.ReplaceAsync("parity/aa/p", "first, and longer"u8.ToArray(), None);
        await Backend.ReadAsync("parity/aa/p", 0, new byte[5], None);

        await Backend.ReplaceAsync("parity/aa/p", "second"u8.ToArray(), None);

        byte[] read = new byte[6];
        await Backend.ReadAsync("parity/aa/p", 0, read, None);
        Assert.Equal("second"u8.ToArray(), read);
        Assert.Equal([new BackendObject("parity/aa/p", 6)], await Backend.ListAsync("parity", None));
    }

    [Fact]
    public async Task Of_many_that_create_one_name_one_succeeds()
    {
        int created = 0;
        await Parallel.ForAsync(0, 32, async (i, token) =>
        {
            if (await Backend.TryCreateAsync("race", new byte[] { (byte)i }, token))
            {
                Interlocked.Increment(ref created);
            }
        });

        Assert.Equal(1, created);
    }

    [Fact]
    public async Task An_object_has_no_name_before_it_is_committed_and_never_when_it_is_not()
    {
        IBackendWriter committed = await Backend.BeginAsync("packs/aa/one", None);
        IBackendWriter abandoned = await Backend.BeginAsync("packs/aa/two", None);
        await committed.WriteAsync(0, new byte[5], None);
        await abandoned.WriteAsync(0, new byte[5], None);
        Assert.Empty(await Backend.ListAsync("packs", None));

        await committed.CommitAsync(None);
        await committed.DisposeAsync();
        await abandoned.DisposeAsync();

        Assert.Equal([new BackendObject("packs/aa/one", 5)], await Backend.ListAsync("packs", None));
        Assert.Null(await Backend.TryGetLengthAsync("packs/aa/two", None));
    }

    [Fact]
    public async Task Threads_write_their_parts_in_any_order()
    {
        byte[] bytes = Seeded.Bytes(2, 64 * 1000);
        await using (IBackendWriter writer = await Backend.BeginAsync("packs/bb/p", None))
        {
            await Parallel.ForAsync(0, 64, (i, token) =>
                writer.WriteAsync((63 - i) * 1000, bytes.AsMemory((63 - i) * 1000, 1000), token));
            await writer.CommitAsync(None);
        }

        Assert.Equal(bytes, await Backend.TryReadAllAsync("packs/bb/p", bytes.Length, None));
    }

    [Fact]
    public async Task A_listing_is_sorted_goes_down_and_stays_in_its_folder()
    {
        foreach (string name in (string[])["packs/ff/2", "packs/00/1", "packs/00/10", "packsx/1", "snapshots/1", "packs/ff/1"])
        {
            await Backend.TryCreateAsync(name, new byte[name.Length], None);
        }

        Assert.Equal(["packs/00/1", "packs/00/10", "packs/ff/1", "packs/ff/2"],
            (await Backend.ListAsync("packs", None)).Select(found => found.Name));
        Assert.Equal([new BackendObject("packs/ff/1", 10), new BackendObject("packs/ff/2", 10)],
            await Backend.ListAsync("packs/ff", None));
    }

    [Fact]
    public async Task What_was_deleted_is_gone_though_it_was_read_before()
    {
        await Backend.TryCreateAsync("x", new byte[3], None);
        await Backend.ReadAsync("x", 0, new byte[3], None);

        Assert.True(await Backend.DeleteAsync("x", None));

        await AssertFault(StoreFault.Corrupt, () => Backend.ReadAsync("x", 0, new byte[3], None));
        Assert.True(await Backend.TryCreateAsync("x", new byte[4], None));
        Assert.Equal(4, await Backend.TryGetLengthAsync("x", None));
    }

    [Theory]
    [InlineData(""), InlineData("/a"), InlineData("a/"), InlineData("a//b"), InlineData("../a"), InlineData("a/../b"), InlineData(".")]
    [InlineData("a/.b"), InlineData("a\\b"), InlineData("C:a"), InlineData("a\0"), InlineData("ä"), InlineData("a b"), InlineData("~")]
    public async Task A_name_that_could_lead_elsewhere_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Backend.TryCreateAsync(name, default, None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Backend.ReadAsync(name, 0, default, None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Backend.DeleteAsync(name, None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Backend.ListAsync(name, None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Backend.BeginAsync(name, None));
    }

    private protected static async Task AssertFault(StoreFault fault, Func<ValueTask> action) =>
        Assert.Equal(fault, (await Assert.ThrowsAsync<StoreException>(async () => await action())).Fault);
}
