using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Backends;
using JadaStore.Store.Tests.Packs;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Repair;

/// <summary>A repair beside other commands, and what it set aside before.</summary>
public sealed class RepairBesideTests
{
    /// <summary>
    /// A snapshot that runs, or that came meanwhile, may need what the repair found damaged and nobody needed then: so
    /// the next one has to look for what did not change as well.
    /// </summary>
    [Theory, InlineData("none"), InlineData("running"), InlineData("committed")]
    public async Task All_is_well_only_where_no_snapshot_was_taken_beside_the_repair(string beside)
    {
        await using TempRepository temp = await TempRepository.MakeAsync(parity: 0.1);
        MemorySource source = Files(2);
        await temp.SnapshotAsync(source);
        await using Repository other = await Repository.OpenAsync(temp.Folder, new OpenOptions(), default);
        bool isDone = beside != "committed";
        HookedBackend hook = await HookAsync(temp, async (call, name) =>
        {
            if ((call, name) == ("list", "parity") && !isDone)
            {
                isDone = true;
                source["new"] = MemoryFile.Of("new") with { Fingerprint = [77] };
                await other.SnapshotAsync(new SnapshotRequest { Sources = [source] }, null, default);
            }
        });
        using Session? running = beside == "running"
            ? (await SessionStart.BeginAsync(other.Parts, "jstore snapshot", default)).Session
            : null;

        Assert.True((await Damage.RepairAsync(temp)).Ok);

        Assert.True(isDone);
        Assert.Equal(beside != "none", temp.Store.Parts.Index.MayLackChunks);
        Assert.NotNull(hook);
    }

    /// <summary>
    /// The pack is written after the repair has seen which there are, and its parity before it looks at those.
    /// </summary>
    [Fact]
    public async Task The_parity_of_a_pack_that_is_written_meanwhile_stays()
    {
        await using TempRepository temp = await TempRepository.MakeAsync(parity: 0.1);
        MemorySource source = Files(2);
        await temp.SnapshotAsync(source);
        await using Repository other = await Repository.OpenAsync(temp.Folder, new OpenOptions(), default);
        int listed = 0;
        await HookAsync(temp, async (call, name) =>
        {
            // First it looks for packs that are gone, then for parity that is.
            if ((call, name) == ("list", "parity") && ++listed == 2)
            {
                source["new"] = MemoryFile.Of("new") with { Fingerprint = [77] };
                await other.SnapshotAsync(new SnapshotRequest { Sources = [source] }, null, default);
            }
        });

        await Damage.RepairAsync(temp);

        Assert.Equal(2, listed);
        Assert.Equal(4, Damage.Packs(temp).Length);
        Assert.Equal(4, Damage.FilesOf(temp, "parity").Count);
    }

    /// <summary>
    /// Between the two files of a key that goes, a repair would take the one for what is left of a loss.
    /// </summary>
    [Fact]
    public async Task A_key_that_is_being_removed_does_not_come_back_by_a_repair()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        await temp.Store.AddPasswordAsync("one", "", default);
        string two = (await temp.Store.AddPasswordAsync("two", "", default)).Id;
        await temp.ReopenAsync("one");
        var patience = new Surroundings { LockPatience = TimeSpan.Zero };
        await using Repository other = await RepositoryOpener.OpenAsync(
            temp.Folder, new OpenOptions { Password = () => "one" }, patience, default);
        int tries = 0;
        await HookAsync(
            temp,
            async (call, name) =>
            {
                if (call == "delete" && name == $"keys/{two}.json")
                {
                    tries++;
                    StoreException? locked = await Record.ExceptionAsync(() => other.RepairAsync(new RepairRequest(), null, default)) as StoreException;
                    Assert.True(locked is null or { Fault: StoreFault.Locked }, $"{locked}");
                }
            },
            "one");

        await temp.Store.RemoveKeyAsync(two, default);

        Assert.Equal(1, tries);
        Assert.DoesNotContain(Damage.FilesOf(temp).Keys, name => name.Contains(two, StringComparison.Ordinal));
        StoreException e = await Assert.ThrowsAsync<StoreException>(() => temp.ReopenAsync("two"));
        Assert.Equal(StoreFault.WrongPassword, e.Fault);
        await temp.ReopenAsync("one");
    }

    /// <summary>
    /// What a repair set aside goes: a second one must move all out of the packs that the first one wrote.
    /// </summary>
    [Fact]
    public async Task What_was_set_aside_is_no_second_place()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Files(8);
        Snapshot snapshot = await temp.SnapshotAsync(source);
        RepairReport report = null!;
        for (int round = 0; round < 2; round++)
        {
            HashSet<string> aside = [.. (await temp.Store.Parts.Condemned.ListAsync(default)).SelectMany(one => one.Packs).Select(one => one.ToString())];
            string pack =
                Damage.Packs(temp).Single(path => !Damage.IsPages(path) && !aside.Contains(Path.GetFileName(path)));
            byte[] bytes = await File.ReadAllBytesAsync(pack);
            await File.WriteAllBytesAsync(pack, Damage.Flip(bytes, (round + 1) * bytes.Length / 3));
            await temp.ReopenAsync();
            report = await Damage.RepairAsync(temp);
            string line = Assert.Single(report.Done, done => done.Contains("set aside", StringComparison.Ordinal));
            Assert.DoesNotContain("; 0 chunks", line, StringComparison.Ordinal);
            await temp.ReopenAsync();
        }

        await temp.Store.PruneAsync(new PruneRequest { Grace = TimeSpan.Zero, KnownLosses = true }, null, default);
        await temp.ReopenAsync();
        Assert.True((await Damage.VerifyAsync(temp)).OnlyKnownLosses);
        foreach (EntryPath path in source.Paths.Where(
            path => report.Lost.All(lost => lost.Path != $"local/any/{path}")))
        {
            Assert.Equal(source[path].Bytes, await temp.ReadAsync(snapshot, $"any/{path}"));
        }
    }

    /// <summary>Its packs were set aside as broken meanwhile, and nobody missed what was lost with them.</summary>
    [Fact]
    public async Task A_snapshot_that_was_forgotten_does_not_come_back_as_whole_when_it_is_not()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot first = await temp.SnapshotAsync(Files(8));
        await temp.SnapshotAsync(new MemorySource("local/any") { ["else"] = MemoryFile.Of("something else") });
        await temp.Store.ForgetAsync(new ForgetRequest { Snapshots = [first.Id.ToString()] }, default);
        string pack = Damage.Packs(temp).MaxBy(path => new FileInfo(path).Length)!;
        byte[] bytes = await File.ReadAllBytesAsync(pack);
        await File.WriteAllBytesAsync(pack, Damage.Flip(bytes, bytes.Length / 2));
        await temp.ReopenAsync();
        RepairReport report = await Damage.RepairAsync(temp);
        Assert.Empty(report.Lost);
        Assert.Contains(report.Done, line => line.Contains("set aside", StringComparison.Ordinal));
        await temp.ReopenAsync();

        StoreException e =
            await Assert.ThrowsAsync<StoreException>(() => temp.Store.UndeleteAsync([first.Id.ToString()], default));

        Assert.Equal(StoreFault.Refused, e.Fault);
        Assert.DoesNotContain(await temp.Store.ListAsync(default), snapshot => snapshot.Id == first.Id);
        Assert.True((await Damage.VerifyAsync(temp)).Ok);
    }

    // From now on the repository tells of each call before it is made.
    private static async Task<HookedBackend> HookAsync(
        TempRepository temp, Func<string, string, Task> onCall, string? password = null)
    {
        HookedBackend? hook = null;
        var around = new Surroundings { Between = backend => hook = new HookedBackend(backend) };
        await temp.Store.DisposeAsync();
        temp.Use(await RepositoryOpener.OpenAsync(
            temp.Folder, new OpenOptions { Password = () => password }, around, default));
        hook!.OnCall = onCall;
        return hook;
    }

    // Files that do not compress, each about a block.
    private static MemorySource Files(int count)
    {
        var source = new MemorySource("local/any");
        for (int i = 0; i < count; i++)
        {
            source[$"f{i}"] = MemoryFile.Of(Seeded.Bytes(i, 90_000 + i)) with { Fingerprint = [(byte)(i + 1)] };
        }

        return source;
    }
}
