using System.Text;
using JadaStore.Collectors.Local;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local;

/// <summary>What a folder's walk promises, by the kernel's calls and by the framework's alike.</summary>
public sealed class LocalFolderTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    private static LocalFolderOptions Options(bool portable) => new() { Portable = portable };

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_empty_folder_is_its_root_alone(bool portable)
    {
        SourceEntry root = Assert.Single(await _tree.WalkAsync(Options(portable)));

        Assert.Equal(0, root.Path.Length);
        Assert.Equal(EntryKind.Folder, root.Kind);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Paths_come_in_byte_order_with_a_folder_sorted_as_its_name_and_a_slash(bool portable)
    {
        foreach (string file in (string[])["a/z", "a/b/c", "a-b", "a0", "a.b", "a b", "b", "B", "é", "Z/1", "zz/.x"])
        {
            _tree.File(file);
        }

        _tree.Folder("empty");

        Assert.Equal(
            ["", "B", "Z/", "Z/1", "a b", "a-b", "a.b", "a/", "a/b/", "a/b/c", "a/z", "a0", "b", "empty/", "zz/", "zz/.x", "é"],
            await _tree.PathsAsync(Options(portable)));
    }

    [Theory, InlineData(1, 0, false), InlineData(2, 1, false), InlineData(3, 4, false), InlineData(4, 4, true)]
    public async Task Random_trees_come_whole_and_in_order(int seed, int readAhead, bool portable)
    {
        var random = new Random(seed);
        var expected = new List<EntryPath> { default };
        Grow("", 0);
        expected.Sort();

        List<SourceEntry> found = await _tree.WalkAsync(Options(portable) with { ReadAhead = readAhead });

        Assert.Equal(expected, found.Select(entry => entry.Path));

        void Grow(string folder, int depth)
        {
            var names = new HashSet<string>();
            for (int i = random.Next(depth == 0 ? 12 : 7); i > 0; i--)
            {
                string name =
                    string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => "a-.0b /é"[random.Next(8)]))
                    .Replace('/', '0');
                if (name is "." or ".." || !names.Add(name))
                {
                    continue;
                }

                bool isFolder = depth < 6 && random.Next(2) == 0;
                expected.Add(new EntryPath(folder + name + (isFolder ? "/" : "")));
                if (isFolder)
                {
                    _tree.Folder(folder + name);
                    Grow(folder + name + "/", depth + 1);
                }
                else
                {
                    _tree.File(folder + name);
                }
            }
        }
    }

    [Fact]
    public async Task A_walk_finds_what_find_finds()
    {
        _tree.Shell("mkdir -p d/e/f g; touch d/1 d/e/2 d/e/f/3 g/4; ln -s d link; ln -s gone dangling; mkfifo pipe");
        string[] expected = [.. _tree.Shell("find . -mindepth 1 \\( -type d -printf '%P/\\n' -o -printf '%P\\n' \\)")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Append("").Order(StringComparer.Ordinal)];

        Assert.Equal(expected, await _tree.PathsAsync());
    }

    [Theory, InlineData(0), InlineData(1), InlineData(4)]
    public async Task More_names_than_are_listed_ahead_come_all_the_same(int readAhead)
    {
        for (int file = 0; file < 400; file++)
        {
            _tree.File($"{file % 4}/{file % 20}/{file}");
        }

        List<SourceEntry> found =
            await _tree.WalkAsync(new LocalFolderOptions { ReadAhead = readAhead, MaxAhead = 10 });

        Assert.Equal(1 + 4 + 20 + 400, found.Count);
        Assert.Equal(found.Select(entry => entry.Path).Order(), found.Select(entry => entry.Path));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_name_may_have_255_bytes(bool portable)
    {
        string name = new('n', 255);
        _tree.File(name + "/" + name, "deep");

        Reading reading = await Reading.OfAsync(await _tree.FindAsync(name + "/" + name, Options(portable)));

        Assert.Equal("deep", Encoding.UTF8.GetString(reading.Bytes));
    }

    [Fact]
    public async Task Paths_longer_than_the_kernel_takes_are_walked_and_read()
    {
        string name = new('d', 200);
        _tree.Shell($"i=0; while [ $i -lt 50 ]; do mkdir {name}; cd -P {name}; i=$((i+1)); done; printf bottom > file; ln -s target link");
        string path = string.Concat(Enumerable.Repeat(name + "/", 50));

        Reading reading = await Reading.OfAsync(await _tree.FindAsync(path + "file"));
        Entry link = await (await _tree.FindAsync(path + "link")).DescribeAsync(CancellationToken.None);

        Assert.Equal("bottom", Encoding.UTF8.GetString(reading.Bytes));
        Assert.Equal("target"u8.ToArray(), link.LinkTarget);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_named_folder_may_be_a_link_and_is_resolved(bool portable)
    {
        _tree.File("real/file", "here");
        _tree.Shell("ln -s real named");
        var source = new LocalFolder(_tree["named"], "local/named", Options(portable));

        List<SourceEntry> found = await source.CollectAsync(CancellationToken.None).ToListAsync();

        Assert.Equal(["", "file"], found.Select(entry => entry.Path.ToString()));
        Assert.Equal("here"u8.ToArray(), (await Reading.OfAsync(found[1])).Bytes);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Links_are_recorded_and_not_followed(bool portable)
    {
        _tree.File("folder/inside");
        _tree.Shell("ln -s folder to-folder; ln -s /nowhere dangling; ln -s . loop");

        Assert.Equal(
            ["", "dangling", "folder/", "folder/inside", "loop", "to-folder"], await _tree.PathsAsync(Options(portable)));
        SourceEntry link = await _tree.FindAsync("dangling", Options(portable));
        Entry entry = await link.DescribeAsync(CancellationToken.None);
        Assert.Equal(EntryKind.Symlink, entry.Kind);
        Assert.Equal("/nowhere"u8.ToArray(), entry.LinkTarget);
        Assert.Equal(0, entry.Size);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Content_and_what_is_known_of_a_file_come_as_they_are(bool portable)
    {
        byte[] bytes = new byte[300_000];
        new Random(5).NextBytes(bytes);
        _tree.File("file", bytes);
        _tree.Shell("chmod 4751 file; touch -d '2001-02-03T04:05:06.123456700Z' file");
        SourceEntry listed = await _tree.FindAsync("file", Options(portable));

        Reading reading = await Reading.OfAsync(listed, portion: 7919);

        Assert.Equal(bytes, reading.Bytes);
        Assert.False(reading.End.Changed);
        Entry entry = reading.End.Entry;
        Assert.Equal((EntryKind.File, 300_000, 0xFFFu & 2537), (entry.Kind, entry.Size, entry.Mode));
        Assert.Equal(new FileTime(981173106, 123456700), entry.ModifiedTime);
        Assert.Equal((listed.Size, listed.ModifiedTime), (entry.Size, entry.ModifiedTime));
        Assert.Null(entry.Problem);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_file_that_is_gone_says_so_without_its_path(bool portable)
    {
        _tree.File("file", "x");
        SourceEntry listed = await _tree.FindAsync("file", Options(portable));
        _tree.Shell("rm file");

        IOException opened =
            await Assert.ThrowsAsync<IOException>(async () => await listed.OpenAsync(CancellationToken.None));
        IOException described =
            await Assert.ThrowsAsync<IOException>(async () => await listed.DescribeAsync(CancellationToken.None));

        Assert.Equal("no such file (vanished while the snapshot ran)", opened.Message);
        Assert.Equal(opened.Message, described.Message);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_folder_that_vanishes_during_the_walk_is_simply_absent(bool portable)
    {
        _tree.File("a/1");
        _tree.File("b/2");
        var paths = new List<string>();
        await foreach (SourceEntry entry in _tree.Source(Options(portable) with { ReadAhead = 0 }).CollectAsync(
            CancellationToken.None))
        {
            paths.Add(entry.Path.ToString());
            if (entry.Path.Length == 0)
            {
                _tree.Shell("rm -r a");
            }
        }

        Assert.Equal(["", "b/", "b/2"], paths);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_folder_that_becomes_a_link_during_the_walk_is_a_fault_and_not_followed(bool portable)
    {
        _tree.File("a/1");
        _tree.File("b/2");
        var found = new List<SourceEntry>();
        await foreach (SourceEntry entry in _tree.Source(Options(portable) with { ReadAhead = 0 }).CollectAsync(
            CancellationToken.None))
        {
            found.Add(entry);
            if (found.Count == 1)
            {
                _tree.Shell("rm -r a; ln -s b a");
            }
        }

        Assert.Equal(["", "a/", "b/", "b/2"], found.Select(entry => entry.Path.ToString()));
        var fault = Assert.IsType<SourceFault>(found[1]);
        Assert.Equal(
            (EntryKind.Folder, "replaced by something else while the snapshot ran"), (fault.Kind, fault.Message));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_folder_that_is_not_there_or_is_a_file_is_out_of_reach(bool portable)
    {
        _tree.File("file");
        foreach (string path in (string[])["nothing", "file"])
        {
            var source = new LocalFolder(_tree[path], "local/x", Options(portable));

            StoreException failure = await Assert.ThrowsAsync<StoreException>(
                async () => await source.CollectAsync(CancellationToken.None).ToListAsync());

            Assert.Equal(StoreFault.SourceUnreachable, failure.Fault);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_repository_inside_is_left_out_and_said_so(bool portable)
    {
        _tree.File(".jstore/config");
        _tree.File("sub/.jstore/config");
        LocalFolder source = _tree.Source(Options(portable) with { LeaveOut = [_tree[".jstore"], "/no/such/place"] });

        List<SourceEntry> found = await source.CollectAsync(CancellationToken.None).ToListAsync();

        Assert.Equal(["", "sub/", "sub/.jstore/", "sub/.jstore/config"], found.Select(entry => entry.Path.ToString()));
        Assert.Equal([".jstore/ (this repository)"], source.Excluded);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Rules_come_from_options_exclude_files_and_ignore_files_and_are_listed(bool portable)
    {
        foreach (string file in (string[])["a.tmp", "b.log", "keep.log", "out/x", "sub/c.o", "sub/d.o", "sub/deep/c.o"])
        {
            _tree.File(file);
        }

        _tree.File(".jstoreignore", "/out/\n!keep.log\n");
        _tree.File("sub/.jstoreignore", "*.o\n!d.o\n");
        using var outside = new TempTree();
        string list = outside.File("list", "# logs\n*.log\n");
        LocalFolder source = _tree.Source(Options(portable) with { Exclude = ["*.tmp"], ExcludeFiles = [list] });

        List<SourceEntry> found = await source.CollectAsync(CancellationToken.None).ToListAsync();

        Assert.Equal(
            ["", ".jstoreignore", "keep.log", "sub/", "sub/.jstoreignore", "sub/d.o", "sub/deep/"],
            found.Select(entry => entry.Path.ToString()));
        Assert.Equal(
            ["--exclude *.tmp", "--exclude-file " + list, ".jstoreignore", "sub/.jstoreignore"], source.Excluded);
    }

    [Fact]
    public async Task An_exclude_file_that_is_missing_stops_the_run()
    {
        StoreException failure = await Assert.ThrowsAsync<StoreException>(
            () => _tree.WalkAsync(new LocalFolderOptions { ExcludeFiles = [_tree["none"]] }));

        Assert.Equal(StoreFault.NotFound, failure.Fault);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Cancelling_ends_the_walk(bool portable)
    {
        _tree.File("a/1");
        using var cancel = new CancellationTokenSource();
        await using IAsyncEnumerator<SourceEntry> walk =
            _tree.Source(Options(portable)).CollectAsync(cancel.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await walk.MoveNextAsync());
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await walk.MoveNextAsync());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_file_without_change_keeps_its_fingerprint_and_a_replaced_one_does_not(bool portable)
    {
        _tree.File("same", "1");
        _tree.File("other", "1");
        _tree.Shell("touch -d 2001-01-01Z same other");
        LocalFolderOptions options = Options(portable) with { Time = new ManualClock(DateTimeOffset.MaxValue) };
        List<SourceEntry> before = await _tree.WalkAsync(options);
        _tree.Shell("printf 2 > new; chmod 600 new; touch -d 2001-01-01Z new; mv new other");
        List<SourceEntry> after = await _tree.WalkAsync(options);

        Assert.All(before, entry => Assert.NotEmpty(entry.Fingerprint));
        Assert.Equal(before[2].Fingerprint, after[2].Fingerprint);
        Assert.Equal(before[1].ModifiedTime, after[1].ModifiedTime);
        Assert.NotEqual(before[1].Fingerprint, after[1].Fingerprint);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_listing_and_a_reading_agree_on_the_fingerprint(bool portable)
    {
        _tree.File("file", "1");
        LocalFolderOptions options = Options(portable) with { Time = new ManualClock(DateTimeOffset.MaxValue) };
        SourceEntry listed = await _tree.FindAsync("file", options);

        Reading reading = await Reading.OfAsync(listed);
        Entry described = await listed.DescribeAsync(CancellationToken.None);

        Assert.Equal(listed.Fingerprint, reading.End.Entry.Fingerprint);
        Assert.Equal(listed.Fingerprint, described.Fingerprint);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_file_just_written_has_no_fingerprint(bool portable)
    {
        _tree.File("file", "1");

        Assert.Empty((await _tree.FindAsync("file", Options(portable) with { Time = new ManualClock(DateTimeOffset.UnixEpoch) })).Fingerprint);
    }

    [Theory]
    [InlineData("/srv/site", "local/site")]
    [InlineData("/srv/site/", "local/site")]
    [InlineData("/srv/a/../b", "local/b")]
    [InlineData("/", "local/root")]
    public void A_root_is_named_for_the_folder(string folder, string root) =>
        Assert.Equal(root, LocalFolder.RootFor(folder));
}
