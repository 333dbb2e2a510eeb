using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Repair;

/// <summary>Packs that were flipped, cut or removed, and what a repair makes of them.</summary>
public sealed class RepairTests
{
    [Fact]
    public async Task Where_nothing_is_wrong_a_repair_changes_nothing()
    {
        await using TempRepository temp = await TempRepository.MakeAsync(parity: 0.1);
        await temp.SnapshotAsync(SnapshotWriterTests.Many(50));
        SortedDictionary<string, byte[]> before = Damage.FilesOf(temp);

        RepairReport report = await Damage.RepairAsync(temp);

        Assert.Empty(report.Done);
        Assert.True(report.Ok);
        Assert.Equal(before, Damage.FilesOf(temp));
    }

    /// <summary>Any byte, in pages as in content, in header, frames, footer and trailer.</summary>
    [Fact]
    public async Task With_parity_a_flipped_byte_anywhere_is_put_right_to_the_very_bytes()
    {
        await using TempRepository temp = await TempRepository.MakeAsync(parity: 0.05);
        await temp.SnapshotAsync(Small());
        await temp.Store.DisposeAsync();
        foreach (string pack in Damage.Packs(temp))
        {
            byte[] whole = await File.ReadAllBytesAsync(pack);
            for (int at = 0; at < whole.Length; at += at < 40 || at > whole.Length - 20 ? 5 : 61)
            {
                await File.WriteAllBytesAsync(pack, Damage.Flip(whole, at));
                await temp.ReopenAsync();

                RepairReport report = await Damage.RepairAsync(temp);

                Assert.True(report.Ok && report.Done.Count == 1, $"byte {at}: {string.Join(';', report.Done)}");
                Assert.Equal(whole, await File.ReadAllBytesAsync(pack));
                Assert.True((await Damage.VerifyAsync(temp)).Ok);
            }
        }

        Assert.Empty((await Damage.RepairAsync(temp)).Done);
    }

    /// <summary>
    /// What opens is moved, what does not is named; and nothing that is restored afterwards is other than it was.
    /// </summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task Without_parity_what_is_sound_is_moved_and_what_is_not_is_named(bool withCatalog)
    {
        for (int round = 0; round < 16; round++)
        {
            await using TempRepository temp = await TempRepository.MakeAsync();
            MemorySource source = Blocks();
            Snapshot snapshot = await temp.SnapshotAsync(source);
            await temp.Store.DisposeAsync();
            string pack = Damage.Packs(temp).Single(path => !Damage.IsPages(path));
            byte[] whole = await File.ReadAllBytesAsync(pack);
            int at = round < 4
                ? round * 9
                : round < 8
                ? whole.Length - 1 - ((round - 4) * 50)
                : (int)((long)whole.Length * (round - 7) / 9);
            await File.WriteAllBytesAsync(pack, round % 2 == 0 ? Damage.Flip(whole, at) : whole[..at]);
            if (!withCatalog)
            {
                Damage.DeleteCatalog(temp);
            }

            await temp.ReopenAsync();
            RepairReport report = await Damage.RepairAsync(temp);
            await temp.ReopenAsync();
            VerifyReport verified = await Damage.VerifyAsync(temp);

            Assert.Empty(report.Left);
            Assert.Equal(
                report.Lost.Select(path => path.Path).Order(), verified.Damaged.Select(path => path.Path).Order());
            Assert.True(verified.Ok || verified.OnlyKnownLosses, string.Join(';', verified.Problems));
            Assert.Empty(temp.Store.Warnings);
            HashSet<string> lost = [.. report.Lost.Select(path => path.Path)];
            foreach (EntryPath path in source.Paths)
            {
                if (lost.Contains($"local/any/{path}"))
                {
                    await Assert.ThrowsAsync<StoreException>(() => temp.ReadAsync(snapshot, $"any/{path}"));
                }
                else
                {
                    Assert.Equal(source[path].Bytes, await temp.ReadAsync(snapshot, $"any/{path}"));
                }
            }

            // One byte costs one block at most, and that holds parts of three files at most here.
            Assert.True(lost.Count <= 3 || round % 2 == 1, $"round {round}: {lost.Count} lost");
            await temp.ReopenAsync();
            Assert.Empty((await Damage.RepairAsync(temp)).Done);
        }
    }

    /// <summary>All of it follows from the pack's name, and the footer's seal proves it.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_header_that_is_gone_is_put_back_without_parity(bool isPages)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        await temp.SnapshotAsync(Small());
        SortedDictionary<string, byte[]> before = Damage.FilesOf(temp);
        string pack = Damage.Packs(temp).Single(path => Damage.IsPages(path) == isPages);
        byte[] bytes = await File.ReadAllBytesAsync(pack);
        bytes.AsSpan(0, 32).Fill(0xA5);
        await File.WriteAllBytesAsync(pack, bytes);
        await temp.ReopenAsync();

        RepairReport report = await Damage.RepairAsync(temp);

        Assert.True(report.Ok);
        Assert.Contains("header", Assert.Single(report.Done), StringComparison.Ordinal);
        Assert.Equal(before, Damage.FilesOf(temp));
    }

    [Theory, InlineData(0.0), InlineData(1.0)]
    public async Task A_pack_that_is_gone_comes_back_with_as_much_parity_and_is_lost_without(double parity)
    {
        await using TempRepository temp = await TempRepository.MakeAsync(parity: parity);
        Snapshot snapshot = await temp.SnapshotAsync(Small());
        string pack = Damage.Packs(temp).Single(path => !Damage.IsPages(path));
        byte[] whole = await File.ReadAllBytesAsync(pack);
        File.Delete(pack);
        await temp.ReopenAsync();

        RepairReport report = await Damage.RepairAsync(temp);

        Assert.Equal(parity > 0, report.Ok);
        Assert.Equal(parity > 0 ? [] : ["local/any/a", "local/any/b"], report.Lost.Select(path => path.Path));
        if (parity > 0)
        {
            Assert.Equal(whole, await File.ReadAllBytesAsync(pack));
            Assert.Equal("content a"u8.ToArray(), await temp.ReadAsync(snapshot, "any/a"));
        }

        await temp.ReopenAsync();
        Assert.Empty((await Damage.RepairAsync(temp)).Done);
    }

    [Fact]
    public async Task What_parity_cannot_mend_is_salvaged_from_what_it_could()
    {
        await using TempRepository temp = await TempRepository.MakeAsync(parity: 0.05);
        MemorySource source = Blocks();
        Snapshot snapshot = await temp.SnapshotAsync(source);
        string pack = Damage.Packs(temp).Single(path => !Damage.IsPages(path));
        byte[] bytes = await File.ReadAllBytesAsync(pack);
        bytes.AsSpan(bytes.Length / 3, bytes.Length / 5).Clear();
        await File.WriteAllBytesAsync(pack, bytes);
        await temp.ReopenAsync();

        RepairReport report = await Damage.RepairAsync(temp);

        Assert.InRange(report.Lost.Count, 1, source.Paths.Count() / 2);
        await temp.ReopenAsync();
        foreach (EntryPath path in source.Paths.Where(
            path => report.Lost.All(lost => lost.Path != $"local/any/{path}")))
        {
            Assert.Equal(source[path].Bytes, await temp.ReadAsync(snapshot, $"any/{path}"));
        }
    }

    /// <summary>
    /// Though nothing changed at the source, which is a second copy; and the loss is forgotten once it is none.
    /// </summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task What_was_lost_is_healed_by_the_next_snapshot_of_the_same_content(bool isPage)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Blocks();
        Snapshot first = await temp.SnapshotAsync(source);
        string pack = Damage.Packs(temp).Single(path => Damage.IsPages(path) == isPage);
        await File.WriteAllBytesAsync(pack, Damage.Flip(await File.ReadAllBytesAsync(pack), 5000));
        await temp.ReopenAsync();
        RepairReport report = await Damage.RepairAsync(temp);
        Assert.NotEmpty(report.Lost);
        Assert.True((await Damage.VerifyAsync(temp)).OnlyKnownLosses);
        Assert.True((await temp.Store.VerifyAsync(new VerifyRequest(), null, default)).OnlyKnownLosses);
        await temp.ReopenAsync();

        await temp.SnapshotAsync(source);

        Assert.True((await Damage.VerifyAsync(temp)).Ok);
        await temp.ReopenAsync();
        report = await Damage.RepairAsync(temp);
        Assert.True(report.Ok);
        Assert.Contains("back", Assert.Single(report.Done), StringComparison.Ordinal);
        Assert.DoesNotContain(Damage.FilesOf(temp).Keys, name => name.StartsWith("lost/", StringComparison.Ordinal));
        foreach (EntryPath path in source.Paths)
        {
            Assert.Equal(source[path].Bytes, await temp.ReadAsync(first, $"any/{path}"));
        }

        // And from then on what did not change is not read any more.
        int opened = source.Opened;
        await temp.SnapshotAsync(source);
        Assert.Equal(opened, source.Opened);
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_writes_nothing()
    {
        await using TempRepository temp = await TempRepository.MakeAsync(parity: 0.05);
        await temp.SnapshotAsync(Blocks());
        string[] packs = Damage.Packs(temp);
        byte[] bad = await File.ReadAllBytesAsync(packs[0]);
        new Random(1).NextBytes(bad.AsSpan(0, bad.Length / 2));
        await File.WriteAllBytesAsync(packs[0], bad);
        await File.WriteAllBytesAsync(packs[1], Damage.Flip(await File.ReadAllBytesAsync(packs[1]), 100));
        File.Delete(Path.Combine(temp.Folder, "config"));
        await temp.ReopenAsync();
        SortedDictionary<string, byte[]> before = Damage.FilesOf(temp);

        RepairReport dry = await temp.Store.RepairAsync(new RepairRequest { DryRun = true }, null, default);

        Assert.Equal(before, Damage.FilesOf(temp));
        RepairReport real = await Damage.RepairAsync(temp);
        Assert.Equal(
            real.Done.Where(line => !line.Contains("parity of", StringComparison.Ordinal)),
            dry.Done.Where(line => !line.Contains("parity of", StringComparison.Ordinal)));
        Assert.Equal(real.Lost, dry.Lost);
    }

    [Fact]
    public async Task Parity_is_given_to_what_is_there_kept_for_what_comes_and_taken_away()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Small();
        await temp.SnapshotAsync(source);
        Assert.Empty(Damage.FilesOf(temp, "parity"));

        await temp.Store.RepairAsync(new RepairRequest { Parity = 0.1 }, null, default);

        Assert.Equal(2, Damage.FilesOf(temp, "parity").Count);
        await temp.ReopenAsync();
        source["c"] = MemoryFile.Of("content c");
        await temp.SnapshotAsync(source);
        Assert.Equal(4, Damage.FilesOf(temp, "parity").Count);
        string one = Path.Combine(temp.Folder, Damage.FilesOf(temp, "parity").Keys.First());
        byte[] right = await File.ReadAllBytesAsync(one);
        await File.WriteAllBytesAsync(one, Damage.Flip(right, 70));
        Assert.Single((await Damage.VerifyAsync(temp)).Problems);
        await Damage.RepairAsync(temp);
        Assert.Equal(right, await File.ReadAllBytesAsync(one));
        File.Delete(one);
        Assert.Single((await Damage.VerifyAsync(temp)).Notes);
        await Damage.RepairAsync(temp);
        Assert.Equal(right, await File.ReadAllBytesAsync(one));

        await temp.Store.RepairAsync(new RepairRequest { Parity = 0 }, null, default);

        Assert.Empty(Damage.FilesOf(temp, "parity"));
        await temp.ReopenAsync();
        Assert.Empty((await Damage.RepairAsync(temp)).Done);
    }

    private static MemorySource Small() => new("local/any")
    {
        ["a"] = MemoryFile.Of("content a") with { Fingerprint = [1] },
        ["b"] = MemoryFile.Of("content b") with { Fingerprint = [2] },
    };

    // Files that do not compress, each about a block.
    private static MemorySource Blocks()
    {
        var source = new MemorySource("local/any");
        for (int i = 0; i < 12; i++)
        {
            source[$"f{i}"] = MemoryFile.Of(Packs.Seeded.Bytes(i, 90_000 + i)) with { Fingerprint = [(byte)(i + 1)] };
        }

        for (int i = 0; i < 300; i++)
        {
            source[$"small/{i}"] = MemoryFile.Of($"{i}") with { Fingerprint = BitConverter.GetBytes(i + 100) };
        }

        return source;
    }
}
