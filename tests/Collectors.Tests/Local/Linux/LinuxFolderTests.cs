using System.Net.Sockets;
using System.Text;
using JadaStore.Collectors.Local;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Linux;

/// <summary>What only the kernel's own calls can see.</summary>
public sealed class LinuxFolderTests : IDisposable
{
    private static readonly LocalFolderOptions Settled = new() { Time = new ManualClock(DateTimeOffset.MaxValue) };
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task Names_that_are_not_text_survive()
    {
        _tree.Shell("mkdir \"$(printf 'd\\377')\"; printf hello > \"$(printf 'd\\377/\\200\\ny')\"");
        byte[] path = [(byte)'d', 0xFF, (byte)'/', 0x80, (byte)'\n', (byte)'y'];

        SourceEntry file = Assert.Single(await _tree.WalkAsync(), entry => entry.Path == new EntryPath(path));

        Assert.Equal("hello", Encoding.UTF8.GetString((await Reading.OfAsync(file)).Bytes));
    }

    [Fact]
    public async Task The_first_name_of_a_file_stands_for_it_and_later_ones_are_links_to_that()
    {
        _tree.File("b/second", "x");
        _tree.Shell("mkdir a c; ln b/second a/first; ln b/second c/third; ln b/second c/fourth");

        List<SourceEntry> found = [.. (await _tree.WalkAsync(Settled)).Where(entry => entry.Kind == EntryKind.File)];

        Assert.Equal(["a/first", "b/second", "c/fourth", "c/third"], found.Select(entry => entry.Path.ToString()));
        Assert.Equal([true, false, false, false], found.Select(entry => entry.HasLinks));
        Assert.Equal([null, "a/first", "a/first", "a/first"], found.Select(entry => entry.HardLink?.ToString()));
        Entry link = await found[1].DescribeAsync(CancellationToken.None);
        Assert.Equal(new EntryPath("a/first"), link.HardLink);
        Assert.Equal(found[1].Fingerprint, link.Fingerprint);
        Assert.NotEqual(found[0].Fingerprint, link.Fingerprint);
    }

    [Fact]
    public async Task A_file_with_one_name_inside_the_source_is_no_link()
    {
        _tree.File("in/file");
        _tree.Shell("mkdir out; ln in/file out/file");

        SourceEntry file = await _tree.FindAsync("in/file", new LocalFolderOptions { Exclude = ["out/"] });

        Assert.Null(file.HardLink);
    }

    /// <summary>A folder renamed above it changes which name comes first, and nothing about the file.</summary>
    [Fact]
    public async Task A_link_whose_first_name_moved_has_another_fingerprint()
    {
        _tree.File("b/2");
        _tree.Shell("mkdir a; ln b/2 a/1");
        byte[] before = (await _tree.FindAsync("b/2", Settled)).Fingerprint;
        _tree.Shell("mv a aa");

        SourceEntry after = await _tree.FindAsync("b/2", Settled);

        Assert.Equal(new EntryPath("aa/1"), after.HardLink);
        Assert.NotEqual(before, after.Fingerprint);
    }

    [Fact]
    public async Task Pipes_sockets_and_devices_are_recorded_and_not_read()
    {
        _tree.Shell("mkfifo pipe; mknod device c 1 7 2>/dev/null || true");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_tree["socket"]));

        List<SourceEntry> found = await _tree.WalkAsync();

        Assert.Contains(found, entry => entry.Path.ToString() == "pipe" && entry.Kind == EntryKind.Pipe);
        Assert.Contains(found, entry => entry.Path.ToString() == "socket" && entry.Kind == EntryKind.Socket);
        foreach (SourceEntry entry in found)
        {
            Entry described = await entry.DescribeAsync(CancellationToken.None);
            Assert.Equal(
                (entry.Path, entry.Kind, 0L, null),
                (described.Path, described.Kind, described.Size, described.Problem));
            Assert.Equal(entry.Kind == EntryKind.CharacterDevice ? new DeviceNumber(1, 7) : null, described.Device);
            await Assert.ThrowsAsync<NotSupportedException>(async () => await entry.OpenAsync(CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_file_that_became_a_pipe_is_an_error_and_does_not_hang()
    {
        _tree.File("file");
        SourceEntry file = await _tree.FindAsync("file");
        _tree.Shell("rm file; mkfifo file");

        IOException failure =
            await Assert.ThrowsAsync<IOException>(async () => await file.OpenAsync(CancellationToken.None));

        Assert.Equal("replaced by something else while the snapshot ran", failure.Message);
    }

    [Fact]
    public async Task A_folder_above_that_became_a_link_is_not_followed()
    {
        _tree.File("a/file", "right");
        _tree.File("b/file", "wrong");
        SourceEntry file = await _tree.FindAsync("a/file");
        _tree.Shell("mv a c; ln -s b a");

        await Assert.ThrowsAsync<IOException>(async () => await file.OpenAsync(CancellationToken.None));
        await Assert.ThrowsAsync<IOException>(async () => await file.DescribeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Owners_modes_and_times_are_those_that_stat_tells()
    {
        _tree.Shell(
            "mkdir d; touch f; ln -s f l; chmod 7777 d; chmod 2604 f; touch -hd '1969-12-31T23:59:58.000000001Z' l f");
        if (TempTree.Run("id", "-u").Trim() == "0")
        {
            _tree.Shell("chown -h 12345:54321 d f l");
        }

        foreach (SourceEntry entry in await _tree.WalkAsync())
        {
            Entry described = await entry.DescribeAsync(CancellationToken.None);
            string[] told = TempTree.Run("stat", "-c", "%a %u %g %.9Y", _tree[entry.Path.ToString()]).Trim().Split(' ');

            Assert.Null(described.Problem);
            Assert.Equal(Convert.ToUInt32(told[0], 8), described.Mode);
            Assert.Equal($"{told[1]} {told[2]}", $"{described.Owner?.User} {described.Owner?.Group}");
            FileTime time = described.ModifiedTime!.Value;
            Assert.Equal(decimal.Parse(told[3]), time.Seconds + (time.Nanoseconds / 1_000_000_000m));
            Assert.Equal(time, entry.ModifiedTime);
        }
    }

    [Fact]
    public async Task Extended_attributes_come_by_name_for_files_and_folders()
    {
        _tree.File("file", "x");
        _tree.Folder("folder");
        _tree.Shell(
            "for f in file folder; do setfattr -n user.zeta -v last $f; setfattr -n user.alpha -v 0x00ff $f; done");
        string large = new('v', 3000);
        _tree.Shell($"setfattr -n user.large -v {large} file");

        Entry file = (await Reading.OfAsync(await _tree.FindAsync("file"))).End.Entry;
        Entry again = await (await _tree.FindAsync("file")).DescribeAsync(CancellationToken.None);
        Entry folder = await (await _tree.FindAsync("folder/")).DescribeAsync(CancellationToken.None);

        Assert.Equal(
            ["xattr.user.alpha", "xattr.user.large", "xattr.user.zeta"], file.Attributes.Select(value => value.Name));
        Assert.Equal(large, Encoding.UTF8.GetString(file.Attributes[1].Value));
        Assert.Equal(file.Attributes.Select(value => value.Value), again.Attributes.Select(value => value.Value));
        Assert.Equal(["xattr.user.alpha", "xattr.user.zeta"], folder.Attributes.Select(value => value.Name));
        Assert.Equal([0x00, 0xFF], folder.Attributes[0].Value);
    }

    [Fact]
    public async Task An_attribute_alone_changes_the_fingerprint()
    {
        _tree.File("file", "x");
        byte[] before = (await _tree.FindAsync("file", Settled)).Fingerprint;
        _tree.Shell("sleep 0.02; setfattr -n user.note -v hi file");

        Assert.NotEqual(before, (await _tree.FindAsync("file", Settled)).Fingerprint);
    }

    [Fact]
    public async Task Access_lists_and_capabilities_are_attributes()
    {
        _tree.File("file", "x");
        _tree.Shell("setfattr -n system.posix_acl_access -v 0x0200000001000600ffffffff020004000100000004000400ffffffff10000400ffffffff20000400ffffffff file");
        bool root = TempTree.Run("id", "-u").Trim() == "0";
        if (root)
        {
            _tree.Shell("setcap cap_net_raw+ep file");
        }

        Entry file = await (await _tree.FindAsync("file")).DescribeAsync(CancellationToken.None);

        Assert.Equal(
            root ? ["xattr.security.capability", "xattr.system.posix_acl_access"] : ["xattr.system.posix_acl_access"],
            file.Attributes.Select(value => value.Name));
    }

    [Fact]
    public async Task An_attribute_whose_name_is_not_text_is_a_problem_and_not_a_value()
    {
        _tree.File("file", "x");
        _tree.Shell("setfattr -n \"$(printf 'user.\\377')\" -v 1 file; setfattr -n user.good -v 2 file");

        Entry file = await (await _tree.FindAsync("file")).DescribeAsync(CancellationToken.None);

        Assert.Equal("xattr.user.good", Assert.Single(file.Attributes).Name);
        Assert.Contains("not UTF-8", file.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_file_system_is_recorded_and_not_entered_when_told_so()
    {
        var source = new LocalFolder("/dev", "local/dev", new LocalFolderOptions { OneFileSystem = true });
        string[] mounts = [.. File.ReadLines("/proc/mounts").Select(line => line.Split(' ')[1])
            .Where(path => path.StartsWith("/dev/", StringComparison.Ordinal) && Directory.Exists(path))];

        List<string> paths =
            await source.CollectAsync(CancellationToken.None).Select(entry => entry.Path.ToString()).ToListAsync();

        foreach (string mount in mounts)
        {
            string inside = mount["/dev/".Length..] + "/";
            Assert.Equal([inside], paths.Where(path => path.StartsWith(inside, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Nothing_stays_open_behind_a_run()
    {
        for (int i = 0; i < 60; i++)
        {
            _tree.File($"{i % 6}/{i}", "x");
        }

        int before = Open();
        foreach (SourceEntry entry in await _tree.WalkAsync())
        {
            _ = entry.Kind == EntryKind.File
                ? (await Reading.OfAsync(entry)).End.Entry
                : await entry.DescribeAsync(CancellationToken.None);
        }

        Assert.Equal(before, Open());

        int Open() => Directory.EnumerateFiles("/proc/self/fd")
            .Count(fd => new FileInfo(fd).LinkTarget is { } target && target.StartsWith(_tree.Root + "/", StringComparison.Ordinal));
    }
}
