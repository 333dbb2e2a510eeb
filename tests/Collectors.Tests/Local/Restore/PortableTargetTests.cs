using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

public sealed class PortableTargetTests : HostileTargetContract
{
    private protected override IRestoreTarget Make(string folder) =>
        new PortableTarget(folder, new LocalTargetOptions(), Notes, NameSpelling.OfFileSystem());

    [Fact]
    public async Task A_file_never_runs_as_somebody_whom_the_entry_did_not_name()
    {
        await Grounds.RestoreAsync(Target, Grounds.FileEntry("a", [1], mode: 0xDED), [1]);

        Assert.Equal("755", Grounds.Stat("a", "%a"));
    }

    [Fact]
    public async Task What_is_not_brought_back_is_said_once()
    {
        Entry entry = Grounds.FileEntry("a", [1]) with
        {
            Owner = new Owner(1, 2), Attributes = [new NamedValue("xattr.user.a", [1])],
        };
        await Grounds.RestoreAsync(Target, entry, [1]);
        await Grounds.RestoreAsync(Target, entry, [1]);

        Assert.Equal(2, Notes.All.Count);
    }

    [Fact]
    public async Task A_name_that_is_no_text_is_refused()
    {
        var path = new EntryPath([0x61, 0xFF]);

        await Assert.ThrowsAsync<IOException>(
            () => Grounds.RestoreAsync(Target, Grounds.FileEntry("a", [1]) with { Path = path }, [1]));
        Assert.Equal([], Grounds.Names());
    }

    [Fact]
    public async Task A_kind_that_the_framework_cannot_make_is_an_error()
    {
        Entry pipe = new() { Path = new EntryPath("p"), Kind = EntryKind.Pipe };

        await Assert.ThrowsAsync<IOException>(() => Target.MakeAsync(pipe.Path, pipe, None).AsTask());
    }
}
