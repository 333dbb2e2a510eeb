using JadaStore.Collectors.Local;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Linux;

/// <summary>A file changed twice within one tick of the clock must not look unchanged.</summary>
public sealed class LinuxFingerprintTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData(-1000, false)]
    [InlineData(0, false)]
    [InlineData(99, false)]
    [InlineData(101, true)]
    [InlineData(5000, true)]
    public async Task Stamps_are_believed_from_a_tenth_of_a_second_on(int millisecondsLater, bool believed)
    {
        _tree.File("file", "x");
        _tree.Shell("touch -d 2001-01-01Z file");
        DateTimeOffset changed = await ChangedAsync();

        SourceEntry file = await _tree.FindAsync("file", At(changed.AddMilliseconds(millisecondsLater)));

        Assert.Equal(believed, file.Fingerprint.Length > 0);
        Assert.Equal(believed, (await Reading.OfAsync(file)).End.Entry.Fingerprint.Length > 0);
    }

    [Fact]
    public async Task A_modified_time_in_the_future_is_not_believed()
    {
        _tree.File("file", "x");
        _tree.Shell("touch -d 2099-01-01Z file");

        Assert.Empty(
            (await _tree.FindAsync("file", At(new DateTimeOffset(2098, 1, 1, 0, 0, 0, TimeSpan.Zero)))).Fingerprint);
    }

    private static LocalFolderOptions At(DateTimeOffset now) => new() { Time = new ManualClock(now) };

    /// <summary>
    /// The file's change time; made again until it has a part below a millisecond, as nearly all have.
    /// </summary>
    private async Task<DateTimeOffset> ChangedAsync()
    {
        while (true)
        {
            string[] told = TempTree.Run("stat", "-c", "%.9Z", _tree["file"]).Trim().Split('.');
            int nanoseconds = int.Parse(told[1]);
            if (nanoseconds % 1_000_000 != 0)
            {
                return new FileTime(long.Parse(told[0]), nanoseconds).ToDateTimeOffset();
            }

            await _tree.WalkAsync();
            _tree.Shell("chmod 600 file; chmod 644 file");
        }
    }
}
