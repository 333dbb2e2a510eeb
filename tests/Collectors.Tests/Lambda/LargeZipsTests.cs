using JadaStore.Collectors.Lambda;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Lambda;

/// <summary>Zips of which few fit beside each other: listed ahead and read later, each is still fetched once.</summary>
public sealed class LargeZipsTests
{
    private const int Size = 5_000_000;

    /// <summary>As functions of 250 MB are to the gigabyte that is held: four fit.</summary>
    [Theory, InlineData(1), InlineData(6)]
    public async Task Each_is_fetched_once_however_few_fit(int files)
    {
        using var ground = new ZipGround(maxFiles: 4 * (Size + 10_000));
        await using TempRepository temp = await TempRepository.MakeAsync();
        RemoteZip[] zips = [.. Enumerable.Range(0, 14).Select(i => ground.Put(Zip(i, files), $"fn{i}"))];

        Snapshot snapshot = await temp.SnapshotAsync(ground.Source(zips));

        Assert.True(snapshot.Record.Sources[0].Complete, string.Join('\n', snapshot.Record.Sources[0].Errors));
        Assert.Equal(zips.Length * (files + 2), snapshot.Record.Sources[0].Entries);
        Assert.Equal(
            Enumerable.Repeat(1, zips.Length),
            ground.Server.Requests.CountBy(request => request.Split('?')[0]).Select(count => count.Value));
    }

    /// <summary>One that was listed and is still to be read stays, while what was read makes room; where nothing else
    /// could, it goes, and nobody waits for ever.</summary>
    [Fact]
    public async Task What_is_still_to_be_read_makes_room_last()
    {
        using var ground = new ZipGround(maxFiles: 3 * (Size + 10_000));
        RemoteZip[] zips = [.. Enumerable.Range(0, 5).Select(i => ground.Put(Zip(i, 1), $"fn{i}"))];
        await ListAsync(ground, zips[0]);
        (await ground.Zips.HoldAsync(zips[1], default)).Dispose();
        ZipLease used = await ground.Zips.HoldAsync(zips[2], default);

        // The second makes room, though the first was not used for longer; then only what is in use could.
        await ListAsync(ground, zips[3]);
        Task<ZipLease> waits = ground.Zips.HoldAsync(zips[4], default).AsTask();
        Assert.False(waits.IsCompleted);
        Assert.Equal(4, ground.Server.Requests.Count);
        used.Dispose();
        (await waits).Dispose();

        (await ground.Zips.HoldExpectedAsync(zips[0], default)).Dispose();
        (await ground.Zips.HoldExpectedAsync(zips[3], default)).Dispose();
        Assert.Equal(5, ground.Server.Requests.Count);

        // All were listed and none is in use.
        using var full = new ZipGround(maxFiles: 2 * (Size + 10_000), patience: TimeSpan.FromMilliseconds(1));
        for (int i = 0; i < 4; i++)
        {
            await ListAsync(full, full.Put(Zip(i, 1), $"fn{i}"));
        }
    }

    private static async Task ListAsync(ZipGround ground, RemoteZip zip)
    {
        using ZipLease lease = await ground.Zips.HoldAsync(zip, default);
        lease.Expect(1);
    }

    private static byte[] Zip(int seed, int files)
    {
        var random = new Random(seed);
        return RawZip.Of([.. Enumerable.Range(0, files).Select(i =>
        {
            byte[] bytes = new byte[Size / files];
            random.NextBytes(bytes);
            return new RawZipEntry(System.Text.Encoding.ASCII.GetBytes($"file{i}"), bytes);
        })]);
    }
}
