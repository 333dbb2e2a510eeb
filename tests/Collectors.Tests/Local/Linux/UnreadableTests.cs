using System.Runtime.InteropServices;
using JadaStore.Collectors.Local;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Linux;

/// <summary>
/// What may not be read. Tests run as root too, so they read on a thread that the kernel takes for another user's.
/// </summary>
public sealed partial class UnreadableTests : IDisposable
{
    private const uint Nobody = 65534;
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public void A_folder_that_may_not_be_listed_is_a_fault_and_the_walk_goes_on(bool portable)
    {
        _tree.File("a/hidden");
        _tree.File("b/seen");
        _tree.Shell("chmod 700 a; chmod 755 b");
        List<SourceEntry> found = [];

        AsNobody(async () => found = await WalkAsync(portable));

        Assert.Equal(["", "a/", "b/", "b/seen"], found.Select(entry => entry.Path.ToString()));
        var fault = Assert.IsType<SourceFault>(found[1]);
        Assert.Equal((EntryKind.Folder, "permission denied"), (fault.Kind, fault.Message));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_file_that_may_not_be_read_says_so_and_is_still_described(bool portable)
    {
        _tree.File("secret", "x");
        _tree.Shell("chmod 600 secret");

        AsNobody(async () =>
        {
            SourceEntry file = (await WalkAsync(portable))[1];
            UnauthorizedAccessException failure = await Assert.ThrowsAsync<UnauthorizedAccessException>(
                async () => await file.OpenAsync(CancellationToken.None));
            Assert.Equal("permission denied", failure.Message);
            Assert.Equal(1, (await file.DescribeAsync(CancellationToken.None)).Size);
        });
    }

    /// <summary>A folder that may be listed and not entered: its names are known, and nothing else.</summary>
    [Fact]
    public void Names_that_may_not_be_looked_at_are_faults()
    {
        _tree.File("a/file", "x");
        _tree.Folder("a/folder");
        _tree.Shell("chmod 744 a");
        List<SourceEntry> found = [];

        AsNobody(async () => found = await WalkAsync(portable: false));

        Assert.Equal(["", "a/", "a/file", "a/folder/"], found.Select(entry => entry.Path.ToString()));
        Assert.All(
            found.Skip(2), entry => Assert.Equal("permission denied", Assert.IsType<SourceFault>(entry).Message));
    }

    /// <summary>Only a file's owner may ask that its access time stays; others must still be able to read it.</summary>
    [Fact]
    public void Files_of_others_can_be_read()
    {
        _tree.File("a/file", "x");
        _tree.Shell("chmod 755 a; chmod 644 a/file");

        AsNobody(async () =>
        {
            Reading reading = await Reading.OfAsync((await WalkAsync(portable: false))[^1]);
            Assert.Equal("x"u8.ToArray(), reading.Bytes);
        });
    }

    /// <summary>With nothing read ahead, all happens on the thread that walks.</summary>
    private Task<List<SourceEntry>> WalkAsync(bool portable) =>
        _tree.WalkAsync(new LocalFolderOptions { ReadAhead = 0, Portable = portable });

    private static void AsNobody(Func<Task> action)
    {
        Task? done = null;
        var thread = new Thread(() =>
        {
            _ = SetFileSystemUser(Nobody);   // this thread's alone; it ends with it
            done = action();
        });
        thread.Start();
        thread.Join();
        Assert.True(done!.IsCompleted);      // nothing went to another thread
        Assert.Null(done.Exception);
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileSystemUser(uint user);
}
