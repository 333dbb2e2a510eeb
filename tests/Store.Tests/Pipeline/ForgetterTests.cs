using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;
using JadaStore.Store.Retention;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class ForgetterTests
{
    [Fact]
    public async Task What_is_forgotten_is_listed_no_more_and_comes_back_to_the_byte()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        (MemorySource source, Snapshot[] all) = await ThreeAsync(temp);
        byte[] record = await File.ReadAllBytesAsync(RecordOf(temp, all[1]));

        IReadOnlyList<ForgetDecision> done = await ForgetAsync(temp, "v1.1");

        Assert.Equal((all[1].Id, false), (done.Single().Snapshot.Id, done.Single().Keep));
        Assert.Equal("v1.0 v1.2", await NamesAsync(temp));
        ForgottenSnapshot gone = Assert.Single(await temp.Store.ForgottenAsync(default));
        Assert.Equal((all[1].Id, "v1.1", "by name"), (gone.Snapshot.Id, gone.Snapshot.Record.Name, gone.Reason));

        Assert.Equal(all[1].Id, Assert.Single(await temp.Store.UndeleteAsync(["v1.1"], default)).Id);
        Assert.Equal("v1.0 v1.1 v1.2", await NamesAsync(temp));
        Assert.Equal(record, await File.ReadAllBytesAsync(RecordOf(temp, all[1])));
        Assert.Empty(await temp.Store.ForgottenAsync(default));
        Assert.Equal("two"u8.ToArray(), await temp.ReadAsync(all[1], "any/f"));
        Assert.Single(source.Paths);
    }

    /// <summary>The catalog keeps records too: neither an old copy of it nor a new one may bring one back.</summary>
    [Theory, InlineData("kept"), InlineData("rebuilt"), InlineData("old")]
    public async Task A_forgotten_snapshot_does_not_come_back_with_the_catalog(string catalog)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        (_, Snapshot[] all) = await ThreeAsync(temp);
        string file = Path.Combine(temp.Folder, "catalog.db");
        await temp.Store.DisposeAsync();
        await temp.ReopenAsync();
        byte[] old = await File.ReadAllBytesAsync(file);
        await ForgetAsync(temp, "v1.0", "v1.1");
        Assert.Equal(all[2].Id, Assert.Single(temp.Store.Parts.Index.Records().Keys));
        if (catalog == "rebuilt")
        {
            await temp.Store.RebuildCatalogAsync(default);
        }

        await temp.Store.DisposeAsync();
        if (catalog == "old")
        {
            await File.WriteAllBytesAsync(file, old);
        }

        await temp.ReopenAsync();
        Assert.Equal("v1.2", await NamesAsync(temp));
        Assert.Equal("v1.2", (await temp.Store.FindSnapshotAsync("latest", default)).Record.Name);
        Assert.True((await temp.Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default)).Ok);
        Assert.Equal("v1.2", await NamesAsync(temp));
    }

    [Fact]
    public async Task Another_process_that_has_it_open_sees_it_go_and_come_back()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        await ThreeAsync(temp);
        await using Repository other = await Repository.OpenAsync(temp.Folder, new OpenOptions(), default);
        Assert.Equal(3, (await other.ListAsync(default)).Count);

        await ForgetAsync(temp, "v1.1");
        Assert.Equal(2, (await other.ListAsync(default)).Count);
        Assert.Single(await other.ForgottenAsync(default));
        await other.UndeleteAsync(["v1.1"], default);

        Assert.Equal("v1.0 v1.1 v1.2", await NamesAsync(temp));
    }

    [Fact]
    public async Task A_name_is_not_given_again_while_its_snapshot_can_be_brought_back()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        (MemorySource source, _) = await ThreeAsync(temp);
        await ForgetAsync(temp, "v1.2");

        Assert.Equal("v1.3", (await temp.SnapshotAsync(source)).Record.Name);
        var request = new SnapshotRequest { Sources = [source], Name = "v1.2" };
        StoreException refused =
            await Assert.ThrowsAsync<StoreException>(() => temp.Store.SnapshotAsync(request, null, default));
        Assert.Equal(StoreFault.Refused, refused.Fault);
        Assert.Contains("undelete v1.2", refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_snapshot_whose_name_was_taken_since_is_not_brought_back()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        (MemorySource source, Snapshot[] all) = await ThreeAsync(temp);
        await ForgetAsync(temp, "v1.1");
        string document = Path.Combine(temp.Folder, "forgotten", all[1].Id.ToString());
        File.Move(document, document + "x");
        await temp.Store.SnapshotAsync(new SnapshotRequest { Sources = [source], Name = "v1.1" }, null, default);
        File.Move(document + "x", document);

        Assert.Equal(StoreFault.Refused, await FaultAsync(() => temp.Store.UndeleteAsync(["v1.1"], default)));
        Assert.Equal(
            StoreFault.Refused, await FaultAsync(() => temp.Store.UndeleteAsync([all[1].Id.ToString()[..8]], default)));
        Assert.Single(await temp.Store.ForgottenAsync(default));
        await ForgetAsync(temp, "v1.1");
        Assert.Equal(StoreFault.Ambiguous, await FaultAsync(() => temp.Store.UndeleteAsync(["v1.1"], default)));
        Assert.Equal(all[1].Id, (await temp.Store.UndeleteAsync([all[1].Id.ToString()[..8]], default)).Single().Id);
    }

    [Fact]
    public async Task What_is_not_there_or_pinned_is_refused_and_nothing_goes()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        (_, Snapshot[] all) = await ThreeAsync(temp);
        await temp.Store.PinAsync(all[1], "why", default);

        Assert.Equal(StoreFault.NotFound, await FaultAsync(() => ForgetAsync(temp, "v1.0", "v9.9")));
        Assert.Equal(StoreFault.Refused, await FaultAsync(() => ForgetAsync(temp, "v1.0", "v1.1")));
        Assert.Equal(StoreFault.NotFound, await FaultAsync(() => temp.Store.UndeleteAsync(["v1.0"], default)));
        Assert.Equal("v1.0 v1.1 v1.2", await NamesAsync(temp));
        Assert.Empty(await temp.Store.ForgottenAsync(default));

        Assert.True(await temp.Store.UnpinAsync(all[1], default));
        Assert.False(await temp.Store.UnpinAsync(all[1], default));
        await ForgetAsync(temp, "v1.0", "v1.1", all[0].Id.ToString());
        Assert.Equal("v1.2", await NamesAsync(temp));
    }

    [Fact]
    public async Task Rules_forget_what_the_plan_says_and_the_plan_alone_forgets_nothing()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        (_, Snapshot[] all) = await ThreeAsync(temp);
        await temp.Store.PinAsync(all[0], "", default);
        var request = new ForgetRequest { Rules = new KeepRules { Last = 1 } };

        IReadOnlyList<ForgetDecision> plan = await temp.Store.PlanForgetAsync(request, default);
        Assert.Equal([true, false, true], plan.Select(one => one.Keep));
        Assert.Equal("v1.0 v1.1 v1.2", await NamesAsync(temp));

        Assert.Equal([true, false, true], (await temp.Store.ForgetAsync(request, default)).Select(one => one.Keep));
        Assert.Equal("v1.0 v1.2", await NamesAsync(temp));
        Assert.Equal("kept by none of keep-last 1", (await temp.Store.ForgottenAsync(default)).Single().Reason);
    }

    /// <summary>
    /// Whatever ends a run: the snapshot is listed, or it can be brought back; and again it can be done.
    /// </summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_run_that_is_cut_off_at_any_change_loses_nothing(bool isDone)
    {
        bool cut = true;
        for (int at = 1; cut; at++)
        {
            await using TempRepository temp = await TempRepository.MakeAsync();
            await ThreeAsync(temp);

            cut = await CutAsync(
                temp, at, isDone,
                store => store.ForgetAsync(new ForgetRequest { Snapshots = ["v1.0", "v1.1"] }, default));
            await IsWholeAsync(temp);
            string[] left = [.. (await NamesAsync(temp)).Split(' ').Where(name => name is "v1.0" or "v1.1")];
            if (left.Length > 0)
            {
                await ForgetAsync(temp, left);
            }

            Assert.Equal("v1.2", await NamesAsync(temp));
            await IsWholeAsync(temp);
            Assert.True(cut || at > 4, $"It was over after {at} changes.");
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Bringing_back_that_is_cut_off_at_any_change_loses_nothing(bool isDone)
    {
        bool cut = true;
        for (int at = 1; cut; at++)
        {
            await using TempRepository temp = await TempRepository.MakeAsync();
            await ThreeAsync(temp);
            await ForgetAsync(temp, "v1.0", "v1.1");

            cut = await CutAsync(temp, at, isDone, store => store.UndeleteAsync(["v1.0", "v1.1"], default));
            await IsWholeAsync(temp);
            string[] left = [.. (await temp.Store.ForgottenAsync(default)).Select(one => one.Snapshot.Record.Name)];
            if (left.Length > 0)
            {
                await temp.Store.UndeleteAsync(left, default);
            }

            Assert.Equal("v1.0 v1.1 v1.2", await NamesAsync(temp));
            await IsWholeAsync(temp);
            Assert.True(cut || at > 4, $"It was over after {at} changes.");
        }
    }

    /// <summary>
    /// Its time says until when it can be brought back: that of the run that was cut off is too early.
    /// </summary>
    [Fact]
    public async Task A_document_that_a_run_left_behind_gets_the_time_of_the_run_that_forgets()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        await ThreeAsync(temp);
        await CutAsync(
            temp, at: 3, isDone: false,
            store => store.ForgetAsync(new ForgetRequest { Snapshots = ["v1.0"] }, default));
        Assert.Equal("v1.0 v1.1 v1.2", await NamesAsync(temp));
        Assert.Single(await temp.Store.Parts.Forgotten.ListAsync(default));
        Assert.Empty(await temp.Store.ForgottenAsync(default));

        DateTimeOffset later = TimeProvider.System.GetUtcNow().AddDays(30);
        await temp.ReopenAsync(new Surroundings { Time = new StoppedClock(later) });
        await ForgetAsync(temp, "v1.0");

        Assert.Equal(later, (await temp.Store.ForgottenAsync(default)).Single().Forgotten);
    }

    [Fact]
    public async Task What_lost_its_content_is_not_brought_back()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        await ThreeAsync(temp);
        await ForgetAsync(temp, "v1.1");
        foreach (string pack in Directory.GetFiles(
            Path.Combine(temp.Folder, "packs"), "*", SearchOption.AllDirectories))
        {
            string away = temp.Beside(Path.GetFileName(pack));
            File.Move(pack, away);
            await temp.ReopenAsync();
            StoreFault? fault = await FaultAsync(() => temp.Store.UndeleteAsync(["v1.1"], default));
            if (fault is null)
            {
                // A pack of another snapshot.
                Assert.Equal(
                    "two"u8.ToArray(),
                    await temp.ReadAsync((await temp.Store.FindSnapshotAsync("v1.1", default)), "any/f"));
                await ForgetAsync(temp, "v1.1");
            }
            else
            {
                Assert.Equal(StoreFault.Refused, fault);
                Assert.Equal("v1.0 v1.2", await NamesAsync(temp));
                Assert.Single(await temp.Store.ForgottenAsync(default));
            }

            File.Move(away, pack);
        }

        await temp.ReopenAsync();
        await temp.Store.UndeleteAsync(["v1.1"], default);
        Assert.True((await temp.Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default)).Ok);
    }

    /// <summary>Before anything is said of a snapshot that goes, what goes is known to be whole.</summary>
    [Fact]
    public async Task A_damaged_record_is_not_forgotten_and_nor_is_any_other_with_it()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        (_, Snapshot[] all) = await ThreeAsync(temp);
        string file = RecordOf(temp, all[1]);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        // The catalog still has a good copy, so it is listed.
        Assert.Equal(StoreFault.Corrupt, await FaultAsync(() => ForgetAsync(temp, "v1.0", "v1.1")));

        Assert.True(File.Exists(file));
        Assert.True(File.Exists(RecordOf(temp, all[0])));
        Assert.Empty(await temp.Store.ForgottenAsync(default));
    }

    [Fact]
    public async Task A_damaged_document_is_told_of_and_hides_no_other()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        (_, Snapshot[] all) = await ThreeAsync(temp);
        await ForgetAsync(temp, "v1.0", "v1.1");
        string[] files =
            [.. all[..2].Select(snapshot => Path.Combine(temp.Folder, "forgotten", snapshot.Id.ToString()))];
        byte[] good = await File.ReadAllBytesAsync(files[0]);
        foreach (byte[] bad in (byte[][])[[], good[..40], [.. good[..^1], (byte)(good[^1] ^ 1)], await File.ReadAllBytesAsync(files[1])])
        {
            await File.WriteAllBytesAsync(files[0], bad);

            Assert.Equal("v1.1", Assert.Single(await temp.Store.ForgottenAsync(default)).Snapshot.Record.Name);
            Assert.Contains($"forgotten/{all[0].Id}", Assert.Single(temp.Store.Warnings), StringComparison.Ordinal);
        }
    }

    private static async Task<(MemorySource Source, Snapshot[] All)> ThreeAsync(TempRepository temp)
    {
        var source = new MemorySource("any");
        var all = new List<Snapshot>();
        foreach (string text in (string[])["one", "two", "three"])
        {
            source["f"] = MemoryFile.Of(text);
            all.Add(await temp.SnapshotAsync(source));
        }

        return (source, [.. all]);
    }

    private static Task<IReadOnlyList<ForgetDecision>> ForgetAsync(TempRepository temp, params string[] names) =>
        temp.Store.ForgetAsync(new ForgetRequest { Snapshots = names }, default);

    private static async Task<string> NamesAsync(TempRepository temp) =>
        string.Join(' ', (await temp.Store.ListAsync(default)).Select(snapshot => snapshot.Record.Name));

    private static string RecordOf(TempRepository temp, Snapshot snapshot) =>
        Path.Combine(temp.Folder, "snapshots", snapshot.Id.ToString());

    private static async Task<StoreFault?> FaultAsync(Func<Task> action) =>
        (await Record.ExceptionAsync(action)) is { } e ? Assert.IsType<StoreException>(e).Fault : null;

    private static async Task<bool> CutAsync(TempRepository temp, int at, bool isDone, Func<Repository, Task> action)
    {
        await temp.ReopenAsync(new Surroundings { Between = backend => new CutBackend(backend, at, isDone) });
        StoreFault? fault = await FaultAsync(() => action(temp.Store));
        await temp.ReopenAsync();
        Assert.True(fault is null or StoreFault.Io, $"{fault}");
        return fault is not null;
    }

    // Each of the three is listed or can be brought back, never both; and what is listed is whole.
    private static async Task IsWholeAsync(TempRepository temp)
    {
        IEnumerable<string> listed = (await temp.Store.ListAsync(default)).Select(snapshot => snapshot.Record.Name);
        IEnumerable<string> forgotten =
            (await temp.Store.ForgottenAsync(default)).Select(one => one.Snapshot.Record.Name);
        Assert.Equal(["v1.0", "v1.1", "v1.2"], listed.Concat(forgotten).Order());
        Assert.True((await temp.Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default)).Ok);
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
