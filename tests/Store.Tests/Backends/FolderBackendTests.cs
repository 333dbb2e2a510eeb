using JadaStore.Store.Backends;
using JadaStore.Store.Tests.Packs;

namespace JadaStore.Store.Tests.Backends;

public sealed class FolderBackendTests : BackendContract, IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"jstore-{Guid.NewGuid():n}");
    private readonly FolderBackend _backend;

    public FolderBackendTests() => _backend = new FolderBackend(Path.Combine(_folder, "deep", "repository"));

    private static CancellationToken None => CancellationToken.None;

    private protected override IBackend Backend => _backend;

    private string Temporary => Path.Combine(_backend.Place, "tmp");

    public void Dispose()
    {
        _backend.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>
    /// A disk that cannot tell, here because of a link that leads to itself, has not said that nothing is there.
    /// </summary>
    [Fact]
    public async Task What_cannot_be_looked_at_is_not_taken_for_missing()
    {
        Directory.CreateDirectory(_backend.Place);
        Directory.CreateSymbolicLink(Path.Combine(_backend.Place, "packs"), "packs");
        string name = "packs/00/" + new string('0', 64);

        StoreException thrown =
            await Assert.ThrowsAsync<StoreException>(() => _backend.TryGetLengthAsync(name, None).AsTask());
        Assert.Equal(StoreFault.Io, thrown.Fault);
        await Assert.ThrowsAsync<StoreException>(() => _backend.ListAsync("packs", None).AsTask());
    }

    [Fact]
    public async Task Reading_makes_no_folder()
    {
        await _backend.ListAsync("packs", None);
        await _backend.TryReadAllAsync("config", 10, None);

        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public async Task Nobody_else_can_read_what_is_written()
    {
        await _backend.TryCreateAsync("packs/ab/x", new byte[1], None);

        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(file, File.GetUnixFileMode(Path.Combine(_backend.Place, "packs", "ab", "x")));
            foreach (string folder in (string[])["", "packs", "packs/ab", "tmp"])
            {
                Assert.Equal(
                    file | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_backend.Place, folder)));
            }
        }
    }

    [Fact]
    public async Task Nothing_stays_in_tmp()
    {
        await _backend.TryCreateAsync("a", new byte[1], None);
        await _backend.TryCreateAsync("a", new byte[1], None);
        await (await _backend.BeginAsync("b", None)).DisposeAsync();

        Assert.Empty(Directory.GetFiles(Temporary));
    }

    [Fact]
    public async Task What_a_killed_writer_left_is_deleted_and_what_a_living_one_writes_is_not()
    {
        await using IBackendWriter living = await _backend.BeginAsync("living", None);
        await living.WriteAsync(0, new byte[1], None);
        string killed = Path.Combine(Temporary, "killed"), recent = Path.Combine(Temporary, "recent");
        var now = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        foreach (string path in (string[])[killed, recent])
        {
            File.WriteAllBytes(path, new byte[1]);
        }

        foreach (string path in Directory.GetFiles(Temporary))
        {
            File.SetLastWriteTimeUtc(path, now.UtcDateTime.AddHours(path == recent ? 1 : -1));
        }

        Assert.Equal(1, await _backend.DeleteAbandonedAsync(now, None));
        Assert.False(File.Exists(killed));
        Assert.True(File.Exists(recent));
        await living.CommitAsync(None);
        Assert.Equal(1, await _backend.TryGetLengthAsync("living", None));
    }

    [Fact]
    public async Task What_a_file_manager_leaves_is_not_listed()
    {
        await _backend.TryCreateAsync("packs/ab/x", new byte[1], None);
        File.WriteAllBytes(Path.Combine(_backend.Place, "packs", ".DS_Store"), new byte[1]);
        File.WriteAllBytes(Path.Combine(_backend.Place, "packs", "ab", "x (copy)"), new byte[1]);

        Assert.Equal([new BackendObject("packs/ab/x", 1)], await _backend.ListAsync("packs", None));
    }

    [Fact]
    public async Task A_failure_says_what_it_failed_on_and_what_to_do()
    {
        await _backend.TryCreateAsync("packs", new byte[1], None);      // a file where a folder has to be

        var e = await Assert.ThrowsAsync<StoreException>(
            async () => await _backend.TryCreateAsync("packs/ab/x", new byte[1], None));

        Assert.Equal(StoreFault.Io, e.Fault);
        Assert.Contains(Path.Combine(_backend.Place, "packs", "ab", "x"), e.Message, StringComparison.Ordinal);
        Assert.NotEmpty(e.Hint);
        Assert.Empty(Directory.GetFiles(Temporary));
    }

    [Fact]
    public void A_full_disk_is_called_so()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;                                 // /dev/full is Linux only
        }

        using var full =
            new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var cause = Assert.ThrowsAny<IOException>(() => RandomAccess.Write(full.SafeFileHandle, new byte[1], 0));

        StoreException e = FolderFault.Wrap("write", "/repository/tmp/x", cause);

        Assert.Equal("Cannot write /repository/tmp/x: the disk is full.", e.Message);
        Assert.Same(cause, e.InnerException);
    }

    [Fact]
    public async Task Many_files_are_read_at_once_and_few_stay_open()
    {
        for (int i = 0; i < 80; i++)
        {
            await _backend.TryCreateAsync($"packs/aa/{i}", Seeded.Bytes(i, 100), None);
        }

        await Parallel.ForAsync(0, 4000, async (i, token) =>
        {
            byte[] part = new byte[50];
            await _backend.ReadAsync($"packs/aa/{i * 7 % 80}", 25, part, token);
            Assert.Equal(Seeded.Bytes(i * 7 % 80, 100)[25..75], part);
        });

        if (OperatingSystem.IsLinux())
        {
            Assert.InRange(OpenHere(), 1, 64);
            _backend.Dispose();
            Assert.Equal(0, OpenHere());
        }
    }

    private int OpenHere() => new DirectoryInfo("/proc/self/fd").GetFiles()
        .Count(fd => fd.LinkTarget?.StartsWith(_backend.Place, StringComparison.Ordinal) ?? false);
}
