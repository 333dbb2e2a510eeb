using JadaStore.Cli.Commands;
using JadaStore.Cli.Output;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Tests.Output;

public class EntryTextTests
{
    [Theory]
    [InlineData(EntryKind.File, 0b110_100_100u, "-rw-r--r--")]
    [InlineData(EntryKind.Folder, 0b001_111_111_111u, "drwxrwxrwt")]
    [InlineData(EntryKind.File, 0b100_111_101_101u, "-rwsr-xr-x")]
    [InlineData(EntryKind.File, 0b110_110_100_100u, "-rwSr-Sr--")]
    [InlineData(EntryKind.Symlink, 0b111_111_111u, "lrwxrwxrwx")]
    [InlineData(EntryKind.BlockDevice, 0u, "b---------")]
    public void Modes_read_as_ls_prints_them(EntryKind kind, uint mode, string text) =>
        Assert.Equal(text, EntryText.Mode(kind, mode));

    [Fact]
    public void A_long_line_says_all_that_is_known()
    {
        Found link = Sample.Found(new Entry
        {
            Path = new EntryPath("home"),
            Kind = EntryKind.Symlink,
            LinkTarget = "index.html"u8.ToArray(),
            Mode = 0b111_111_111,
        });

        Assert.EndsWith(
            "local/site/home -> index.html", LsCommand.LongLine(link, TimeZoneInfo.Utc), StringComparison.Ordinal);
        string file = LsCommand.LongLine(Sample.Found(Sample.File("a")), TimeZoneInfo.Utc);
        Assert.Equal("-rw-r--r--   1000:100            11  2026-03-01 14:05:09  local/site/a", file);
    }

    [Fact]
    public void A_time_that_no_calendar_reaches_is_still_printed() =>
        Assert.Equal("@999999999999.000000000", EntryText.Time(new FileTime(999_999_999_999, 0), TimeZoneInfo.Utc));
}
