using System.Text;
using JadaStore.Cli.Archives;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Tests.Archives;

/// <summary>GNU tar and Python's zipfile are the judges.</summary>
public class ArchiveTests
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("long-name-", 25)) + ".txt";

    [Fact]
    public async Task Tar_unpacks_the_archive_to_what_went_in()
    {
        using var folder = new TestShell();
        string file = Path.Combine(folder.Folder, "a.tar");
        await using (FileStream output = File.Create(file))
        await using (var archive = new TarArchiveOutput(output, CopyAsync) { Note = _ => { } })
        {
            await AddAllAsync(archive);
        }

        (int code, _, string error) = await Tool.RunAsync(folder.Folder, "", "tar", "xpf", "a.tar");

        Assert.True(code == 0, error);
        string root = Path.Combine(folder.Folder, "local", "site");
        Assert.Equal(new string('x', 3_000_000), await File.ReadAllTextAsync(Path.Combine(root, "big")));
        Assert.Equal("ü", await File.ReadAllTextAsync(Path.Combine(root, "sub", Long)));
        Assert.Equal("big", new FileInfo(Path.Combine(root, "home")).LinkTarget);
        Assert.Equal(0, new FileInfo(Path.Combine(root, "empty")).Length);
        Assert.Equal("700\n", (await Tool.RunAsync(root, "", "stat", "-c", "%a", "run")).Out);
        Assert.Equal(
            new DateTime(2026, 3, 1, 14, 5, 9, 120, DateTimeKind.Utc),
            File.GetLastWriteTimeUtc(Path.Combine(root, "big")));
        (_, string inodes, _) = await Tool.RunAsync(root, "", "stat", "-c", "%i", "run", "same");
        Assert.Single(inodes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct());
    }

    [Fact]
    public async Task Python_reads_the_zip_as_what_went_in()
    {
        using var folder = new TestShell();
        string file = Path.Combine(folder.Folder, "a.zip");
        await using (FileStream output = File.Create(file))
        await using (var archive = new ZipArchiveOutput(output, CopyAsync, TimeZoneInfo.Utc) { Note = _ => { } })
        {
            await AddAllAsync(archive);
        }

        const string Judge =
            """
            import zipfile
            z = zipfile.ZipFile('a.zip')
            assert z.testzip() is None
            for i in z.infolist():
                print(i.filename[-8:], oct(i.external_attr >> 16), i.file_size, i.date_time)
            """;
        (int code, string output2, string error) = await Tool.RunAsync(folder.Folder, Judge, "python3");

        Assert.True(code == 0, error);
        Assert.Contains("site/big 0o100644 3000000 (2026, 3, 1, 14, 5, 8)", output2, StringComparison.Ordinal);
        Assert.Contains("ite/home 0o120777 3 ", output2, StringComparison.Ordinal);
        Assert.Contains("ite/sub/ 0o40755 0 ", output2, StringComparison.Ordinal);
    }

    /// <summary>Damage in the repository must not end as an archive that looks whole.</summary>
    [Fact]
    public async Task Content_that_fails_fails_the_archive()
    {
        using var output = new MemoryStream();
        await using var archive =
            new TarArchiveOutput(output, (_, _, _) => throw new IOException("damaged")) { Note = _ => { } };

        IOException e = await Assert.ThrowsAsync<IOException>(
            async () => await archive.AddAsync(Sample.Found(Sample.File("a", 5)), default));
        Assert.Equal("damaged", e.Message);
    }

    [Fact]
    public async Task A_socket_and_a_file_that_was_never_read_are_left_out()
    {
        using var output = new MemoryStream();
        await using var archive = new TarArchiveOutput(output, CopyAsync) { Note = _ => { } };

        Assert.False(await archive.AddAsync(
            Sample.Found(new Entry { Path = new EntryPath("s"), Kind = EntryKind.Socket }), default));
        Assert.False(await archive.AddAsync(
            Sample.Found(Sample.File("f") with { Digest = null, Problem = "permission denied" }), default));
    }

    [Fact]
    public async Task Tar_keeps_control_characters_in_names_and_targets_of_links()
    {
        const string Odd = "a\nb\u001b[2J\u0007 =";
        using var folder = new TestShell();
        var notes = new List<string>();
        await using (FileStream output = File.Create(Path.Combine(folder.Folder, "a.tar")))
        await using (var archive = new TarArchiveOutput(output, CopyAsync) { Note = notes.Add })
        {
            Entry first = Sample.File(Odd, 2);
            await archive.AddAsync(Sample.Found(first), default);
            await archive.AddAsync(Sample.Found(Sample.File("hard", 2) with { HardLink = first.Path }), default);
            var link = new Entry
            {
                Path = new EntryPath("link"), Kind = EntryKind.Symlink, LinkTarget = Encoding.UTF8.GetBytes(Odd),
            };
            await archive.AddAsync(Sample.Found(link), default);
        }

        (int code, _, string error) = await Tool.RunAsync(folder.Folder, "", "tar", "xf", "a.tar");

        Assert.True(code == 0, error);
        Assert.Empty(notes);
        string root = Path.Combine(folder.Folder, "local", "site");
        Assert.All(
            (string[])[Odd, "hard", "link"], name => Assert.Equal("ü", File.ReadAllText(Path.Combine(root, name))));
    }

    [Theory]
    [InlineData("tar")]
    [InlineData("zip")]
    public async Task What_an_archive_cannot_keep_is_told(string format)
    {
        using var output = new MemoryStream();
        var notes = new List<string>();
        await using Archive archive = format == "tar"
            ? new TarArchiveOutput(output, CopyAsync) { Note = notes.Add }
            : new ZipArchiveOutput(output, CopyAsync, TimeZoneInfo.Utc) { Note = notes.Add };
        Entry odd = Sample.File("x", 2) with { Path = new EntryPath([(byte)'x', 0xFF]) };
        NamedValue[] attributes = [new("xattr.user.a", "1"u8.ToArray())];
        await archive.AddAsync(Sample.Found(odd), default);
        await archive.AddAsync(Sample.Found(Sample.File("y", 2) with { Attributes = attributes }), default);
        await archive.AddAsync(Sample.Found(Sample.File("z", 2) with { Attributes = attributes }), default);
        archive.TellWhatIsMissing();

        Assert.Collection(
            notes,
            note => Assert.EndsWith(@": local/site/x\xFF", note, StringComparison.Ordinal),
            note => Assert.EndsWith("2 entries had some.", note, StringComparison.Ordinal));
    }

    /// <summary>Keys of buckets may be called so, and a repository may be made to do harm: what is unpacked stays where
    /// it is unpacked, whoever unpacks it.</summary>
    [Theory]
    [InlineData("tar")]
    [InlineData("zip")]
    public async Task No_name_in_an_archive_leads_out_of_it(string format)
    {
        string[] hostile =
        [
            "../out", "../../out", "/out", "//out", "a/../../out", "a/./b", "a//b", ".", "..", "x\0y", "..\\out",
            "a\\..\\..\\out", "a/..",
        ];
        using var folder = new TestShell();
        string file = Path.Combine(folder.Folder, "a." + format);
        var notes = new List<string>();
        await using (FileStream output = File.Create(file))
        await using (Archive archive = format == "tar"
            ? new TarArchiveOutput(output, CopyAsync) { Note = notes.Add }
            : new ZipArchiveOutput(output, CopyAsync, TimeZoneInfo.Utc) { Note = notes.Add })
        {
            foreach (string path in hostile.Order(StringComparer.Ordinal))
            {
                Assert.True(await archive.AddAsync(Sample.Found(Sample.File(path, 2)), default));
                Assert.True(await archive.AddAsync(
                    Sample.Found(Sample.File(path, 2)) with { Path = new EntryPath(path) }, default));
            }

            Entry first = Sample.File("../first", 2);
            Assert.True(await archive.AddAsync(Sample.Found(first), default));
            Assert.True(
                await archive.AddAsync(Sample.Found(Sample.File("linked", 2) with { HardLink = first.Path }), default));
        }

        const string Judge =
            """
            import sys, tarfile, zipfile
            if sys.argv[1].endswith('tar'):
                names = [n for m in tarfile.open(sys.argv[1]) for n in [m.name] + ([m.linkname] if m.islnk() else [])]
            else:
                names = [i.orig_filename for i in zipfile.ZipFile(sys.argv[1]).infolist()]
            for n in names:
                parts = n.replace('\\', '/').split('/')
                assert not n.startswith('/') and not set(parts) & {'', '.', '..'} and '\0' not in n, n
            print(len(names))
            """;
        (int code, string output2, string error) =
            await Tool.RunAsync(folder.Folder, "", "python3", "-c", Judge, "a." + format);

        Assert.True(code == 0, error);
        Assert.Equal(
            (2 * hostile.Length) + 2 + (format == "tar" ? 1 : 0),
            int.Parse(output2, System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(notes.Count > hostile.Length);
        Assert.All(notes, note => Assert.Contains(" -> ", note, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tar")]
    [InlineData("zip")]
    public async Task Nothing_is_written_below_a_link(string format)
    {
        using var output = new MemoryStream();
        var notes = new List<string>();
        await using Archive archive = format == "tar"
            ? new TarArchiveOutput(output, CopyAsync) { Note = notes.Add }
            : new ZipArchiveOutput(output, CopyAsync, TimeZoneInfo.Utc) { Note = notes.Add };
        Entry link = new() { Path = new EntryPath("a"), Kind = EntryKind.Symlink, LinkTarget = "/etc"u8.ToArray() };
        Entry[] entries =
        [
            link, Sample.File("a-b", 2), link with { Path = new EntryPath("a.b") }, Sample.File("a.b/in", 2),
            Sample.File("a/in", 2),
            new() { Path = new EntryPath("a/sub/"), Kind = EntryKind.Folder }, Sample.File("a/sub/in", 2),
            Sample.File("ab", 2), Sample.File("b/a/in", 2),
        ];
        foreach (Entry entry in entries)
        {
            Assert.True(await archive.AddAsync(Sample.Found(entry), default));
        }

        Assert.Equal(
            ["a.b/in", "a/in", "a/sub/", "a/sub/in"], notes.Select(note => note.Split(' ')[5]["local/site/".Length..]));
    }

    private static async Task AddAllAsync(Archive archive)
    {
        Entry run = Sample.File("run", 2, 0b111_000_000);
        Entry[] entries =
        [
            new() { Path = new EntryPath(""), Kind = EntryKind.Folder, Mode = 0b111_101_101 },
            Sample.File("big", 3_000_000),
            Sample.File("empty", 0),
            new() { Path = new EntryPath("home"), Kind = EntryKind.Symlink, LinkTarget = "big"u8.ToArray(), Mode = 0b111_111_111 },
            run,
            run with { Path = new EntryPath("same"), HardLink = run.Path },
            new() { Path = new EntryPath("sub/"), Kind = EntryKind.Folder, Mode = 0b111_101_101 },
            Sample.File("sub/" + Long, 2),
        ];
        foreach (Entry entry in entries)
        {
            Assert.True(await archive.AddAsync(Sample.Found(entry), default));
        }
    }

    private static async Task CopyAsync(Entry entry, Stream target, CancellationToken cancellationToken) =>
        await target.WriteAsync(
            entry.Size == 2 ? Encoding.UTF8.GetBytes("ü") : Encoding.UTF8.GetBytes(new string('x', (int)entry.Size)), cancellationToken);
}
