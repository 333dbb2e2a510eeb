using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Tests.Packs;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Prune;

public sealed class PruneTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public async Task What_nothing_needs_is_condemned_first_and_deleted_when_its_time_has_come()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot old = await world.SnapshotAsync(Source(1, files: 20));
        await world.SnapshotAsync(Source(2, files: 20));
        await world.ForgetAsync(old);
        int packs = world.Packs.Count();

        PruneReport first = await world.PruneAsync(Week);
        Assert.Equal(2, first.Condemned.Packs);
        Assert.Equal(0, first.Deleted.Packs);
        Assert.Equal(world.Clock.GetUtcNow() + Week, first.NextDeletion);
        Assert.Equal(packs, world.Packs.Count());

        world.Clock.Pass(Week - TimeSpan.FromSeconds(1));
        PruneReport early = await world.PruneAsync(Week);
        Assert.Equal((0, 2), (early.Deleted.Packs, early.Waiting.Packs));

        world.Clock.Pass(TimeSpan.FromSeconds(1));
        PruneReport late = await world.PruneAsync(Week);
        Assert.Equal((2, 0, 1), (late.Deleted.Packs, late.Waiting.Packs, late.Expired));
        Assert.Equal(packs - 2, world.Packs.Count());
        Assert.DoesNotContain(
            world.Memory.Objects.Keys, name => name.StartsWith("condemned/", StringComparison.Ordinal));
        Assert.DoesNotContain(
            world.Memory.Objects.Keys, name => name.StartsWith("forgotten/", StringComparison.Ordinal));
        await world.CheckAsync("after all");
    }

    /// <summary>
    /// Not when its snapshot was forgotten: a prune that comes a week after that would condemn and delete it at once.
    /// </summary>
    [Fact]
    public async Task The_time_of_a_pack_begins_when_it_is_condemned()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot old = await world.SnapshotAsync(Source(1, files: 20));
        await world.SnapshotAsync(Source(2, files: 20));
        await world.ForgetAsync(old);
        world.Clock.Pass(Week / 2);
        PruneReport first = await world.PruneAsync(Week);

        world.Clock.Pass(Week - TimeSpan.FromSeconds(1));
        PruneReport early = await world.PruneAsync(Week);
        DateTimeOffset? due = early.NextDeletion;
        world.Clock.Pass(TimeSpan.FromSeconds(1));
        PruneReport late = await world.PruneAsync(Week);

        Assert.Equal((2, 0), (first.Condemned.Packs, first.Expired));
        Assert.Equal((0, 2, 1), (early.Deleted.Packs, early.Waiting.Packs, early.Expired));
        Assert.Equal(world.Clock.GetUtcNow(), due);
        Assert.Equal((2, 0, 0), (late.Deleted.Packs, late.Waiting.Packs, late.Expired));
        await world.CheckAsync("after all");
    }

    [Fact]
    public async Task Without_grace_one_prune_frees_all_and_an_empty_repository_keeps_no_pack()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        foreach (int seed in new[] { 1, 2, 3 })
        {
            await world.ForgetAsync(await world.SnapshotAsync(Source(seed, files: 10)));
        }

        PruneReport report = await world.PruneAsync();

        Assert.Equal(6, report.Deleted.Packs);
        Assert.Empty(world.Packs);
        Assert.Equal(new PackTally(0, 0), report.Left);
        await world.CheckAsync("after all");
    }

    [Fact]
    public async Task A_forgotten_snapshot_comes_back_whole_as_long_as_its_time_lasts()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        MemorySource source = Source(1, files: 20);
        Snapshot snapshot = await world.SnapshotAsync(source);
        Dictionary<string, byte[]> held = world.Model[snapshot.Id];
        await world.ForgetAsync(snapshot);
        await world.PruneAsync(Week);
        world.Clock.Pass(Week - TimeSpan.FromSeconds(1));
        await world.PruneAsync(Week);

        Assert.NotEmpty(await world.Store.Parts.Condemned.ListAsync(default));
        Assert.True(await Forgetting.TryUndeleteAsync(world.Store.Parts, snapshot));
        world.Model[snapshot.Id] = held;

        // At once, not by the next prune: what is taken until then builds on it.
        Assert.Empty(await world.Store.Parts.Condemned.ListAsync(default));
        world.Clock.Pass(Week);
        PruneReport report = await world.PruneAsync(Week);

        Assert.Equal((0, 0), (report.Deleted.Packs, report.Condemned.Packs));
        await world.CheckAsync("after it came back");
        Assert.Empty(world.Store.Parts.Index.Condemned);
    }

    [Fact]
    public async Task What_is_mostly_not_needed_is_rewritten_and_nothing_is_lost_by_it()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot wide = await world.SnapshotAsync(Source(1, files: 200, size: 3000));
        await world.SnapshotAsync(Source(1, files: 30, size: 3000));
        await world.ForgetAsync(wide);
        long before = world.Packs.Sum(pack => world.Memory.Objects[pack].Length);

        PruneReport foreseen = await world.PruneAsync(dryRun: true);
        PruneReport report = await world.PruneAsync();

        Assert.Equal(1, report.Rewritten.Packs);
        Assert.Equal(30 * 3000, report.CopiedBytes);
        Assert.Equal(1, report.Written.Packs);
        Assert.Equal(
            foreseen with { DryRun = false, Written = report.Written, Left = report.Left, Held = report.Held }, report);
        Assert.True(world.Packs.Sum(pack => world.Memory.Objects[pack].Length) < before / 4);
        await world.CheckAsync("after the rewrite");
        PruneReport again = await world.PruneAsync();
        Assert.Equal((0, 0, 0), (again.Rewritten.Packs, again.Condemned.Packs, again.Deleted.Packs));
    }

    /// <summary>A disk that takes the new packs and then gives something else: the old ones stay.</summary>
    [Fact]
    public async Task What_was_copied_is_read_back_before_the_old_place_goes()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot wide = await world.SnapshotAsync(Source(1, files: 200, size: 3000));
        await world.SnapshotAsync(Source(1, files: 30, size: 3000));
        await world.ForgetAsync(wide);
        await world.PruneAsync(Week);
        HashSet<string> old = [.. world.Packs];
        world.Hook.OnCall = (call, name) =>
        {
            if (call == "read" && world.Memory.Objects.TryGetValue(name, out byte[]? good) && world.Packs.Contains(name)
                && !old.Contains(name))
            {
                byte[] bad = [.. good];
                bad[60] = (byte)~bad[60];
                world.Memory.Objects[name] = bad;
                world.Hook.OnCall = (_, _) => Task.CompletedTask;
            }

            return Task.CompletedTask;
        };

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => world.PruneAsync());

        Assert.Equal(StoreFault.Corrupt, e.Fault);
        string copy = Assert.Single(world.Packs.Except(old));
        world.Memory.Objects.TryRemove(copy, out _);
        (Repository fresh, _) = await world.OpenAsync();
        await fresh.RebuildCatalogAsync(default);
        await world.CheckAsync("without the new pack");
    }

    [Fact]
    public async Task A_bound_on_what_is_copied_is_kept()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot wide = await world.SnapshotAsync(Source(1, files: 200, size: 3000));
        await world.SnapshotAsync(Source(1, files: 30, size: 3000));
        await world.ForgetAsync(wide);

        PruneReport bounded =
            await world.Store.PruneAsync(new PruneRequest { Grace = default, MaxRewrite = 80_000 }, null, default);
        PruneReport free =
            await world.Store.PruneAsync(new PruneRequest { Grace = default, MaxRewrite = 90_000 }, null, default);

        Assert.Equal((0, 1), (bounded.Rewritten.Packs, free.Rewritten.Packs));
    }

    [Fact]
    public async Task Many_small_packs_are_joined()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        MemorySource source = Source(1, files: 3);
        for (int i = 0; i < 33; i++)
        {
            source[$"new{i}"] = MemoryFile.Of(Seeded.Bytes(100 + i, 400));
            await world.SnapshotAsync(source);
        }

        Assert.Equal(66, world.Packs.Count());
        PruneReport report = await world.PruneAsync();

        Assert.Equal(66, report.Rewritten.Packs);
        Assert.Equal(2, world.Packs.Count());
        await world.CheckAsync("after they were joined");
    }

    [Fact]
    public async Task What_is_kept_is_read_before_its_other_copy_goes()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        await world.SnapshotAsync(Source(1, files: 20));
        HashSet<string> first = [.. world.Packs];

        // Another process that did not see the first: all is stored twice.
        (string Name, byte[] Bytes)[] hidden = [.. first.Select(name => (name, world.Memory.Objects[name]))];
        foreach (string name in first)
        {
            world.Memory.Objects.TryRemove(name, out _);
        }

        (Repository blind, _) = await world.OpenAsync();
        await world.SnapshotAsync(blind, Source(1, files: 20));
        foreach ((string name, byte[] bytes) in hidden)
        {
            world.Memory.Objects[name] = bytes;
        }

        string[] packs = [.. world.Packs];
        Assert.Equal(4, packs.Length);
        foreach (string damaged in packs)
        {
            await using PruneWorld copy = await world.CopyAsync();
            byte[] bad = [.. copy.Memory.Objects[damaged]];
            bad[60] ^= 1;
            copy.Memory.Objects[damaged] = bad;

            // Which of two is kept, chance decides; so either the damaged one goes, or nothing does.
            try
            {
                await copy.PruneAsync();
                Assert.DoesNotContain(damaged, copy.Packs);
                await copy.CheckAsync("after the damaged one went");
            }
            catch (StoreException e)
            {
                Assert.Equal(StoreFault.Corrupt, e.Fault);
                Assert.Contains("Nothing was removed", e.Message, StringComparison.Ordinal);
                Assert.Equal(4, copy.Packs.Count());
            }
        }
    }

    [Fact]
    public async Task Nothing_is_removed_when_anything_that_is_needed_is_missing_or_cannot_be_read()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot old = await world.SnapshotAsync(Source(1, files: 20));
        HashSet<string> before = [.. world.Packs];
        await world.SnapshotAsync(Source(2, files: 20));
        await world.ForgetAsync(old);
        foreach (string needed in world.Packs.Except(before))
        {
            foreach (string harm in new[] { "gone", "cut", "end" })
            {
                await using PruneWorld copy = await world.CopyAsync();
                byte[] bytes = [.. copy.Memory.Objects[needed]];
                bytes[^20] ^= 1;
                copy.Memory.Objects.TryRemove(needed, out _);
                if (harm != "gone")
                {
                    copy.Memory.Objects[needed] = harm == "cut" ? bytes[..100] : bytes;
                }

                string[] packs = [.. copy.Memory.Objects.Keys.Order()];
                StoreException e = await Assert.ThrowsAsync<StoreException>(() => copy.PruneAsync());

                Assert.Equal(StoreFault.Corrupt, e.Fault);
                Assert.Contains("jstore repair", e.Hint, StringComparison.Ordinal);
                Assert.Equal(packs, copy.Memory.Objects.Keys.Order());
            }
        }
    }

    [Fact]
    public async Task A_record_that_was_lost_or_cannot_be_read_does_not_take_its_data_along()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot one = await world.SnapshotAsync(Source(1, files: 5));
        await world.SnapshotAsync(Source(2, files: 5));
        world.Memory.Objects.TryRemove($"snapshots/{one.Id}", out byte[]? record);
        (Repository fresh, _) = await world.OpenAsync();
        await fresh.RebuildCatalogAsync(default);

        StoreException lost = await Assert.ThrowsAsync<StoreException>(() => world.PruneAsync());
        world.Memory.Objects[$"snapshots/{one.Id}"] = record![..^1];
        (Repository other, _) = await world.OpenAsync();
        await other.RebuildCatalogAsync(default);
        StoreException cut = await Assert.ThrowsAsync<StoreException>(() => world.PruneAsync(store: other));

        Assert.Equal((StoreFault.Corrupt, StoreFault.Corrupt), (lost.Fault, cut.Fault));
        Assert.Equal(4, world.Packs.Count());
    }

    /// <summary>Nobody knows what it needs, nor until when it can be brought back.</summary>
    [Fact]
    public async Task A_forgotten_snapshot_whose_document_cannot_be_read_does_not_lose_its_data()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot old = await world.SnapshotAsync(Source(1, files: 5));
        await world.SnapshotAsync(Source(2, files: 5));
        Dictionary<string, byte[]> held = world.Model[old.Id];
        await world.ForgetAsync(old);
        byte[] document = world.Memory.Objects[$"forgotten/{old.Id}"];
        world.Memory.Objects[$"forgotten/{old.Id}"] = document[..^1];

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => world.PruneAsync());

        Assert.Equal(StoreFault.Corrupt, e.Fault);
        Assert.Equal(4, world.Packs.Count());
        world.Memory.Objects[$"forgotten/{old.Id}"] = document;
        Assert.True(await Forgetting.TryUndeleteAsync(world.Store.Parts, old));
        world.Model[old.Id] = held;
        await world.CheckAsync("after it came back");
    }

    /// <summary>A file may hold, byte by byte, what a page holds; the page must be gone through all the same.</summary>
    [Fact]
    public async Task A_file_that_holds_the_bytes_of_a_page_does_not_hide_what_is_below_the_page()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        MemorySource source = Source(1, files: 20);
        byte[] page;
        await using (PruneWorld before = await world.CopyAsync())
        {
            Snapshot foretold = await before.SnapshotAsync(source);
            ChunkId root = PathResolver.RootOf(foretold.Record.Sources[0])!.Value;
            page = (await before.Store.Parts.Pages.ReadAsync(root, default)).ToArray();
        }

        var forged = new MemorySource("local/any");
        forged["page"] = MemoryFile.Of(page);
        await world.SnapshotAsync(forged);
        await world.SnapshotAsync(source);
        await world.PruneAsync();

        await world.CheckAsync("after the prune");
    }

    [Fact]
    public async Task Two_prunes_do_not_run_at_once_and_the_second_names_the_first()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        (Repository other, _) = await world.OpenAsync();
        StoreException? refused = null;
        world.Hook.OnCall = async (_, _) =>
            refused ??= await Assert.ThrowsAsync<StoreException>(() => world.PruneAsync(store: other));

        await world.PruneAsync();

        Assert.Equal(StoreFault.Locked, refused!.Fault);
        Assert.Contains(
            $"jstore prune (pid {Environment.ProcessId} on {Environment.MachineName})", refused.Message,
            StringComparison.Ordinal);
    }

    internal static MemorySource Source(int seed, int files, int size = 700)
    {
        var source = new MemorySource("local/any");
        for (int i = 0; i < files; i++)
        {
            source[$"f{i:000}"] = MemoryFile.Of(Seeded.Bytes((seed * 1000) + i, size));
        }

        return source;
    }
}
