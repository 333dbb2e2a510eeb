using System.Runtime.InteropServices;
using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

/// <summary>Somebody puts a link in a folder's place, and the folder back, over and over, while a restore goes on below
/// it: there is no moment between a look and a write in which that would lead out.</summary>
public sealed partial class LinkSwapTests : IDisposable
{
    private const int Rounds = 1500;

    private readonly Grounds _grounds = new();

    public void Dispose() => _grounds.Dispose();

    [Theory, InlineData(true), InlineData(false)]
    public async Task No_link_that_is_swapped_in_leads_a_restore_out(bool useOpenBeneath)
    {
        await using var target = new LinuxTarget(
            new LinuxFolders(_grounds.Target, useOpenBeneath), new LocalTargetOptions(), new TargetNotes());
        (int done, int refused, long swaps) = await RestoreAsync(target);

        // Both ways out of the race were taken, or nothing was tried.
        Assert.True(done > 0 && refused > 0 && swaps > 0, $"{done} done, {refused} refused, {swaps} swaps");
    }

    private async Task<(int Done, int Refused, long Swaps)> RestoreAsync(LinuxTarget target)
    {
        await Grounds.RestoreAsync(target, "a/b/first", [1]);
        Directory.CreateDirectory(Path.Combine(_grounds.Outside, "b"));
        string outside = _grounds.OutsideState();
        using var stop = new CancellationTokenSource();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<long> swapper = Task.Factory.StartNew(
            () => Swap(began, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        int done = 0, refused = 0;
        try
        {
            await began.Task;
            for (int round = 0; round < Rounds || ((done == 0 || refused == 0) && round < 100 * Rounds); round++)
            {
                Func<Task> call = Calls(target, round)[round % 8];
                try
                {
                    await call();
                    done++;
                }
                catch (IOException)
                {
                    refused++;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
        }

        long swaps = await swapper;
        Assert.Equal(outside, _grounds.OutsideState());
        return (done, refused, swaps);
    }

    // The link leads to a folder that has all that the restore asks for, so that a step through it would succeed.
    private long Swap(TaskCompletionSource began, CancellationToken stop)
    {
        const int CurrentFolder = -100;
        const uint Exchange = 2;
        string folder = _grounds.At("a"), link = _grounds.At("link");
        Directory.CreateSymbolicLink(link, _grounds.Outside);
        long swaps = 0;
        began.SetResult();
        for (; !stop.IsCancellationRequested; swaps++)
        {
            Assert.Equal(0, RenameAt2(CurrentFolder, folder, CurrentFolder, link, Exchange));
        }

        return swaps;
    }

    private static Func<Task>[] Calls(LinuxTarget target, int round)
    {
        EntryPath file = new("a/b/kept"), other = new($"a/b/{round}"), folder = new("a/b/folder/");
        Entry entry = Grounds.FileEntry("x", [7], mode: 0x1FF);
        return
        [
            () => Grounds.RestoreAsync(target, entry with { Path = file }, [7]),
            () => Grounds.RestoreAsync(target, entry with { Path = other }, [7]),
            () => target.MakeAsync(folder, Grounds.Folder("x/"), default).AsTask(),
            () => target.MakeAsync(other, Grounds.Symlink("x", "../outside"), default).AsTask(),
            () => target.LinkAsync(other, new EntryPath("a/b/first"), entry, default).AsTask(),
            () => target.SetAttributesAsync(file, entry, default).AsTask(),
            () => target.DeleteAsync(file, default).AsTask(),
            () => Grounds.RestoreAsync(target, entry with { Path = new EntryPath("a/kept") }, [7]),
        ];
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);
}
