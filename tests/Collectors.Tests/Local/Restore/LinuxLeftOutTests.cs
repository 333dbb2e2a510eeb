using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

public sealed class LinuxLeftOutTests : LeftOutContract
{
    private protected override IRestoreTarget Make(string folder, LocalTargetOptions options) =>
        new LocalTarget(folder, options);

    [Fact]
    public async Task A_repository_that_gets_another_name_meanwhile_is_still_left_out()
    {
        await using IRestoreTarget target = Make(Grounds.Target, Repository);
        Directory.Move(Repository, Grounds.At("repo/moved"));

        Assert.Equal(["d/other/b", "d/other/", "d/repo2", "d/"], await ListAsync(target, ""));
        await AssertNothingChangesAsync(target, "repo/moved/packs/a");
    }

    /// <summary>More folders than are remembered, so that some take the place of others.</summary>
    [Fact]
    public async Task Among_many_folders_it_is_still_known()
    {
        await using IRestoreTarget target = Make(Grounds.Target, Repository);
        for (int turn = 0; turn < 2; turn++)
        {
            for (int number = 0; number < 200; number++)
            {
                await Grounds.RestoreAsync(target, $"d/other/{number}/a", [1]);
            }

            await AssertNothingChangesAsync(target, "d/repo/packs/a");
        }
    }

    [Fact]
    public async Task A_repository_that_is_mounted_into_the_target_is_left_out()
    {
        if (!Grounds.IsRoot)
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(Grounds.Outside, "packs"));
        Grounds.Run("mount", "--bind", Grounds.Outside, Grounds.At("repo"));
        try
        {
            if (!File.Exists(Grounds.At("repo/kept")))
            {
                return; // A sandbox that lets even root mount nothing.
            }

            await using IRestoreTarget target = Make(Grounds.Target, Grounds.Outside);
            Assert.DoesNotContain("repo/", await ListAsync(target, ""));
            await AssertNothingChangesAsync(target, "repo");
            await AssertNothingChangesAsync(target, "repo/kept");
            await AssertNothingChangesAsync(target, "repo/packs/new");
        }
        finally
        {
            Grounds.Run("umount", Grounds.At("repo"));
        }
    }

    [Fact]
    public void What_cannot_be_looked_at_is_no_reason_to_go_on() =>
        Assert.Throws<IOException>(() => Make(Grounds.Target, Path.Combine(Repository, "config", "below")));
}
