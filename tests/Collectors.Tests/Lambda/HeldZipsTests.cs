using JadaStore.Collectors.Lambda;

namespace JadaStore.Collectors.Tests.Lambda;

/// <summary>A zip is fetched once for all who use it, and no more of them are held than may be.</summary>
public sealed class HeldZipsTests : IDisposable
{
    private readonly ZipGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Fact]
    public async Task Who_wants_the_same_at_once_or_soon_after_gets_the_same()
    {
        byte[] bytes = RawZip.OfFiles(("a", "1"));
        RemoteZip one = _ground.Put(bytes, "one"), version = _ground.Put(bytes, "version");

        ZipLease[] leases = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => _ground.Zips.HoldAsync(i % 2 == 0 ? one : version, default).AsTask()));
        foreach (ZipLease lease in leases)
        {
            Assert.Same(leases[0].Zip, lease.Zip);
            lease.Dispose();
            lease.Dispose();
        }

        using ZipLease later = await _ground.Zips.HoldAsync(one, default);
        Assert.Same(leases[0].Zip, later.Zip);
        Assert.Single(_ground.Server.Requests);
    }

    /// <summary>Forty of 4 MiB, eight at once: sixteen fit.</summary>
    [Fact]
    public async Task What_is_not_in_use_makes_room_and_what_is_in_use_stays()
    {
        RemoteZip[] zips = [.. Enumerable.Range(0, 40).Select(i => _ground.Put(Bytes(i, (int)HeldZips.SmallZip),
            $"z{i}"))];
        using ZipLease kept = await _ground.Zips.HoldAsync(zips[0], default);
        var options = new ParallelOptions { MaxDegreeOfParallelism = 8 };
        await Parallel.ForEachAsync(zips, options, async (zip, token) =>
        {
            using ZipLease lease = await _ground.Zips.HoldAsync(zip, token);
            byte[] first = new byte[4];
            lease.Zip.Bytes.Read(0, first);
            Assert.Equal(_ground.Server.Files["/" + zip.What.Split(' ')[^1]][..4], first);
        });

        Assert.Equal(40, _ground.Server.Requests.Count);
        using ZipLease last = await _ground.Zips.HoldAsync(zips[39], default);
        Assert.Equal(40, _ground.Server.Requests.Count);
        using ZipLease again = await _ground.Zips.HoldAsync(zips[0], default);
        Assert.Same(kept.Zip, again.Zip);
    }

    [Fact]
    public async Task When_all_is_in_use_the_next_waits_until_something_is_not()
    {
        int most = (int)(HeldZips.MaxMemory / HeldZips.SmallZip);
        var leases = new List<ZipLease>();
        for (int i = 0; i < most; i++)
        {
            leases.Add(await _ground.Zips.HoldAsync(_ground.Put(Bytes(i, (int)HeldZips.SmallZip), $"z{i}"), default));
        }

        Task<ZipLease> next = _ground.Zips.HoldAsync(_ground.Put(Bytes(most, 10), "next"), default).AsTask();
        using var stop = new CancellationTokenSource();
        Task<ZipLease> calledOff = _ground.Zips.HoldAsync(_ground.Put(Bytes(most + 1, 10), "off"), stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calledOff);
        Assert.False(next.IsCompleted);
        Assert.Equal(most, _ground.Server.Requests.Count);

        leases[3].Dispose();
        (await next).Dispose();
        leases.ForEach(lease => lease.Dispose());
        Assert.Equal(most + 1, _ground.Server.Requests.Count);
    }

    [Fact]
    public async Task What_failed_is_not_held_and_counts_no_more()
    {
        RemoteZip zip = _ground.Put(Bytes(1, (int)HeldZips.SmallZip));
        for (int i = 0; i < 40; i++)
        {
            _ground.Server.Files.Clear();
            await Assert.ThrowsAnyAsync<IOException>(() => _ground.Zips.HoldAsync(zip, default).AsTask());
        }

        using ZipLease lease = await _ground.Zips.HoldAsync(_ground.Put(Bytes(1, (int)HeldZips.SmallZip)), default);
        Assert.Equal(HeldZips.SmallZip, lease.Zip.Bytes.Length);
    }

    [Fact]
    public async Task Where_one_of_two_places_has_nothing_the_other_serves_both_or_itself()
    {
        byte[] bytes = RawZip.OfFiles(("a", "1"));
        RemoteZip good = _ground.Put(bytes, "good");
        RemoteZip bad = good with
        {
            What = "another", LocateAsync = _ => Task.FromException<string>(new IOException("no place")),
        };
        Task<ZipLease> first = _ground.Zips.HoldAsync(bad, default).AsTask();
        using ZipLease second = await _ground.Zips.HoldAsync(good, default);

        await Assert.ThrowsAsync<IOException>(() => first);
        using ZipLease third = await _ground.Zips.HoldAsync(bad, default);
        Assert.Same(second.Zip, third.Zip);
    }

    [Theory, InlineData(-1), InlineData((1L << 30) + 1), InlineData(1L << 60)]
    public async Task What_claims_to_be_larger_than_any_code_is_not_asked_for(long size)
    {
        RemoteZip zip = _ground.Put([1]) with { Size = size };

        await Assert.ThrowsAsync<IOException>(() => _ground.Zips.HoldAsync(zip, default).AsTask());
        Assert.Empty(_ground.Server.Requests);
    }

    /// <summary>As the temporary file has no name, nothing of it is left whatever happens.</summary>
    [Fact]
    public async Task A_large_one_is_in_a_file_that_nobody_sees()
    {
        string[] before = Directory.GetFiles(Path.GetTempPath(), "jstore-*");
        byte[] bytes = Bytes(7, (int)HeldZips.SmallZip + 1);

        using ZipLease lease = await _ground.Zips.HoldAsync(_ground.Put(bytes), default);

        Assert.DoesNotContain(Directory.GetFiles(Path.GetTempPath(), "jstore-*").Except(before), IsMine);
        byte[] read = new byte[bytes.Length];
        int length = 0;
        while (lease.Zip.Bytes.Read(length, read.AsSpan(length)) is > 0 and int count)
        {
            length += count;
        }

        Assert.Equal(bytes, read);
    }

    private static bool IsMine(string path) => new FileInfo(path) is { Exists: true, Length: > HeldZips.SmallZip };

    private static byte[] Bytes(int seed, int length)
    {
        byte[] bytes = new byte[length];
        BitConverter.TryWriteBytes(bytes, seed);
        return bytes;
    }
}
