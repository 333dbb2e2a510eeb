using JadaStore.Collectors.Local;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Linux;

public sealed class LinuxFileReaderTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory, InlineData(1000), InlineData(65_536), InlineData(1 << 20)]
    public async Task A_sparse_file_comes_with_its_holes_and_every_byte_in_place(int portion)
    {
        byte[] bytes = new byte[5_000_123];
        new Random(3).NextBytes(bytes.AsSpan(1_048_576, 70_000));
        new Random(4).NextBytes(bytes.AsSpan(3_000_000, 10));
        _tree.Shell("truncate -s 5000123 file");
        await using (FileStream file = File.OpenWrite(_tree["file"]))
        {
            file.Position = 1_048_576;
            file.Write(bytes.AsSpan(1_048_576, 70_000));
            file.Position = 3_000_000;
            file.Write(bytes.AsSpan(3_000_000, 10));
        }

        Reading reading = await Reading.OfAsync(await _tree.FindAsync("file"), portion);

        Assert.Equal(bytes, reading.Bytes);
        Assert.InRange(reading.Holes, 4_500_000, 4_999_000);
        Assert.Equal(5_000_123, reading.End.Entry.Size);
    }

    [Fact]
    public async Task A_file_that_is_all_hole_is_one_hole()
    {
        _tree.Shell("truncate -s 1T file");
        await using ContentReader reader = await (await _tree.FindAsync("file")).OpenAsync(CancellationToken.None);

        Assert.Equal(new ContentRead(0, 1L << 40), await reader.ReadAsync(new byte[10], CancellationToken.None));
        Assert.Equal(default, await reader.ReadAsync(new byte[10], CancellationToken.None));
        Assert.Equal(1L << 40, (await reader.FinishAsync(CancellationToken.None)).Entry.Size);
    }

    [Fact]
    public async Task An_empty_file_is_empty()
    {
        _tree.File("file");

        Reading reading = await Reading.OfAsync(await _tree.FindAsync("file"));

        Assert.Empty(reading.Bytes);
        Assert.False(reading.End.Changed);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_log_that_grows_gives_what_was_there_and_is_said_to_have_changed(bool portable)
    {
        _tree.File("log", new string('a', 1000));
        var options = new LocalFolderOptions { Portable = portable, Time = new ManualClock(DateTimeOffset.MaxValue) };
        SourceEntry file = await _tree.FindAsync("log", options);

        Reading first = await Reading.OfAsync(file, 100, () => File.AppendAllText(_tree["log"], "more"));
        Reading second = await Reading.OfAsync(file, 100);

        Assert.True(first.End.Changed);
        Assert.Equal(1000, first.Bytes.Length);
        Assert.Equal(1000, first.End.Entry.Size);
        Assert.Empty(first.End.Entry.Fingerprint);
        Assert.False(second.End.Changed);
        Assert.Equal(1004, second.End.Entry.Size);
        Assert.NotEmpty(second.End.Entry.Fingerprint);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_file_that_is_cut_while_it_is_read_ends_early_and_is_said_to_have_changed(bool portable)
    {
        _tree.File("file", new string('a', 1000));
        SourceEntry file = await _tree.FindAsync("file", new LocalFolderOptions { Portable = portable });

        Reading reading = await Reading.OfAsync(file, 100, () => _tree.Shell("truncate -s 150 file"));

        Assert.True(reading.End.Changed);
        Assert.Equal(150, reading.Bytes.Length);
        Assert.Equal(150, reading.End.Entry.Size);
    }

    /// <summary>Same size, and the modified time put back: only the change time tells.</summary>
    [Fact]
    public async Task A_change_that_hides_its_time_is_seen()
    {
        _tree.File("file", "aaaa");
        _tree.Shell("touch -d 2001-01-01Z file");
        SourceEntry file = await _tree.FindAsync("file");

        Reading reading = await Reading.OfAsync(
            file, 2, () => _tree.Shell("sleep 0.02; printf bbbb > file; touch -d 2001-01-01Z file"));

        Assert.True(reading.End.Changed);
    }

    [Fact]
    public async Task Files_that_tell_no_size_are_read_to_their_end()
    {
        var source = new LocalFolder("/proc/sys/kernel", "local/proc");
        SourceEntry file = await source.CollectAsync(CancellationToken.None)
            .FirstAsync(entry => entry.Path == new EntryPath("ostype"));

        Assert.Equal(0, file.Size);
        Reading reading = await Reading.OfAsync(file);
        Assert.Equal("Linux\n"u8.ToArray(), reading.Bytes);
        Assert.Equal(6, reading.End.Entry.Size);
    }
}
