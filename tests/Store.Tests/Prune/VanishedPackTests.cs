using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Backends;
using JadaStore.Store.Tests.Packs;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Prune;

/// <summary>Packs go while others read and write: what they held lies elsewhere then, and is found there.</summary>
public sealed class VanishedPackTests
{
    /// <summary>Pages and content are all moved, and the reader's catalog, another machine's, does not know.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_reader_finds_what_was_moved_wherever_it_was_when_the_pack_went(bool elsewhere)
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        MemorySource source = PruneTests.Source(1, files: 60, size: 300);
        Snapshot last = await world.SnapshotAsync(source);
        for (int i = 0; i < 33; i++)
        {
            source[$"new{i}"] = MemoryFile.Of(Seeded.Bytes(i, 300));
            last = await world.SnapshotAsync(source);
        }

        bool wasReached = true;
        int at = 0;
        for (; wasReached; at += 23)
        {
            wasReached = false;
            await using PruneWorld copy = await world.CopyAsync();
            DirectoryInfo other = Directory.CreateTempSubdirectory("jstore-other-");
            (Repository reader, HookedBackend hook) =
                elsewhere ? await copy.OpenElsewhereAsync(other.FullName) : await copy.OpenAsync();
            int left = at;
            hook.OnCall = async (_, _) =>
            {
                if (left-- == 0)
                {
                    wasReached = true;
                    PruneReport report = await copy.PruneAsync();
                    Assert.True(report.Rewritten.Packs == 68 && report.Deleted.Packs == 68 && report.Left.Packs == 2);
                }
            };
            int read = 0;
            await foreach (Found found in reader.EntriesAsync(last, "", default))
            {
                var bytes = new MemoryStream();
                await reader.CopyContentAsync(found.Entry!, bytes, default);
                Assert.Equal(copy.Model[last.Id][found.Path.ToString()], bytes.ToArray());
                read++;
            }

            Assert.Equal(93, read);
            Assert.Empty(reader.Warnings);
            await reader.DisposeAsync();
            other.Delete(recursive: true);
        }

        Assert.InRange(at, 200, 3000);
    }

    [Fact]
    public async Task A_verification_beside_a_prune_finds_no_loss()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        Snapshot wide = await world.SnapshotAsync(PruneTests.Source(1, files: 60, size: 300));
        await world.SnapshotAsync(PruneTests.Source(1, files: 20, size: 300));
        await world.ForgetAsync(wide);
        bool wasReached = true;
        int at = 0;
        for (; wasReached; at++)
        {
            wasReached = false;
            await using PruneWorld copy = await world.CopyAsync();
            (Repository verifier, HookedBackend hook) = await copy.OpenAsync();
            int left = at;
            hook.OnCall = async (_, _) =>
            {
                if (Interlocked.Decrement(ref left) == -1)
                {
                    wasReached = true;
                    await copy.PruneAsync();
                }
            };
            VerifyReport report = await verifier.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default);

            Assert.True(report.Ok, $"stopped before call {at}: {string.Join('\n', report.Problems)}");
        }

        Assert.InRange(at, 10, 200);
    }

    /// <summary>
    /// No locks hold against a person: then nothing is committed that is not all there. At the start, or between the
    /// look that comes when all is written and the one under the commit lock.
    /// </summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_snapshot_whose_packs_somebody_deletes_is_not_committed(bool isLast)
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        MemorySource source = PruneTests.Source(1, files: 20);
        await world.SnapshotAsync(source);
        string[] first = [.. world.Packs];
        source["new"] = MemoryFile.Of(Seeded.Bytes(5, 300));
        int written = 0, looks = 0;
        world.Hook.OnCall = (call, name) =>
        {
            written += call == "commit" ? 1 : 0;
            looks += written == 2 && (call, name) == ("list", "packs") ? 1 : 0;
            if (isLast ? looks == 2 : call == "begin")
            {
                foreach (string pack in first)
                {
                    world.Memory.Objects.Remove(pack, out byte[]? gone);
                }
            }

            return Task.CompletedTask;
        };

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => world.SnapshotAsync(source));

        Assert.Equal(StoreFault.Refused, e.Fault);
        Assert.Contains("nothing was committed", e.Message, StringComparison.Ordinal);
        Assert.Single(await world.Store.ListAsync(default));
        world.Hook.OnCall = (_, _) => Task.CompletedTask;
        Snapshot healed = await world.SnapshotAsync(source);
        world.Model.Remove((await world.Store.ListAsync(default))[0].Id);
        Assert.Equal(21, healed.Record.Sources[0].Entries);
        await world.ForgetAsync((await world.Store.ListAsync(default))[0]);
        await world.CheckAsync("after it was taken again");
    }

    /// <summary>
    /// A process that is stopped between reading a pack's footer and telling the catalog of it goes on when the pack is
    /// gone. The catalog is everybody's, so a snapshot that runs then must not believe it.
    /// </summary>
    [Fact]
    public async Task What_a_slow_process_says_of_a_pack_that_is_gone_deceives_nobody()
    {
        await using PruneWorld world = await PruneWorld.MakeAsync();
        foreach (int seed in new[] { 1, 2 })
        {
            await world.ForgetAsync(await world.SnapshotAsync(PruneTests.Source(seed, files: 10)));
        }

        (Repository slow, HookedBackend slowHook) = await world.OpenAsync();
        (Repository third, _) = await world.OpenAsync();
        await slow.ListAsync(default);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var footers = new HashSet<string>();
        slowHook.OnCall = async (call, name) =>
        {
            if (call == "read" && name.StartsWith("packs/", StringComparison.Ordinal) && footers.Add(name)
                && footers.Count == 4)
            {
                stopped.SetResult();
                await goOn.Task;
            }
        };

        // The catalog forgets all four packs, and then they are deleted; in between the slow one looks.
        Task? looking = null;
        world.Hook.OnCall = async (call, name) =>
        {
            if (looking is null && call == "delete" && name.StartsWith("packs/", StringComparison.Ordinal))
            {
                looking = Task.Run(() => slow.Parts.Index.SyncAsync(default));
                await stopped.Task;
            }
        };
        await world.PruneAsync();
        world.Hook.OnCall = (_, _) => Task.CompletedTask;
        Assert.Empty(world.Packs);

        // The snapshot has looked at the packs by the time that it opens a file.
        MemorySource source = PruneTests.Source(1, files: 10);
        MemorySource second = PruneTests.Source(2, files: 10);
        var waiting = new MemorySource("local/any")
        {
            OnOpening = async _ =>
            {
                goOn.TrySetResult();
                await looking!;
                Assert.NotEmpty(slow.Parts.Index.Packs());
            },
        };
        foreach (EntryPath path in source.Paths)
        {
            waiting[path] = source[path];
            waiting[$"second/{path}"] = second[path];
        }

        await world.SnapshotAsync(third, waiting);

        await world.CheckAsync("after the slow one");
    }
}
