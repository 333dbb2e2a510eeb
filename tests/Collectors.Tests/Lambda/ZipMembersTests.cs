using System.IO.Compression;
using System.Text;
using JadaStore.Collectors.Lambda;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Lambda;

/// <summary>Whatever a zip says of its entries, they lie within the folder, each once, and come to no more than they
/// may.</summary>
public sealed class ZipMembersTests
{
    private static readonly EntryPath Folder = new("f/code/");

    [Theory]
    [InlineData("index.js", "index.js")]
    [InlineData("a/b/c.js", "a/b/c.js")]
    [InlineData("./a/./b", "a/b")]
    [InlineData("/etc/passwd", "etc/passwd")]
    [InlineData("//a//b", "a/b")]
    [InlineData("a/b/", "a/b/")]
    [InlineData(@"a\b", @"a\b")]
    [InlineData(@"C:\x", @"C:\x")]
    [InlineData("ä€😀", "ä€😀")]
    [InlineData("...", "...")]
    [InlineData("..a/b", "..a/b")]
    [InlineData("100%", "100%")]
    [InlineData("../x", "%2E%2E/x", "its name leads out of the folder")]
    [InlineData("a/../../../x", "a/%2E%2E/%2E%2E/%2E%2E/x", "its name leads out of the folder")]
    [InlineData("../", "%2E%2E/", "its name leads out of the folder")]
    [InlineData("a/b\0c", "a/b%00c", "its name has a NUL")]
    [InlineData("\0", "%00", "its name has a NUL")]
    public void A_name_leads_where_unpacking_leads_or_is_a_fault(string name, string path, string? fault = null)
    {
        ZipMember member = Assert.Single(Read(RawZip.Of(new RawZipEntry(name, name.EndsWith('/') ? "" : "x")
        {
            UnixMode = 0,
        })));

        Assert.Equal(("f/code/" + path, fault), (Encoding.UTF8.GetString(member.Path.Span), member.Fault));
    }

    [Fact]
    public void A_name_that_is_not_marked_as_UTF8_keeps_its_bytes()
    {
        byte[] latin = [0xE4, (byte)'/', 0xFF, 0x80, (byte)'a'];
        byte[] utf8 = Encoding.UTF8.GetBytes("ä/b");

        IReadOnlyList<ZipMember> members = Read(RawZip.Of(
            new RawZipEntry(latin, []) { Flags = 0 }, new RawZipEntry(utf8, []) { Flags = 0 },
            new RawZipEntry("€")));

        Assert.Equal(
            [[.. Folder.Span, .. utf8], [.. Folder.Span, .. Encoding.UTF8.GetBytes("€")], [.. Folder.Span, .. latin]],
            members.Select(member => member.Path.Span.ToArray()));
    }

    [Fact]
    public void Kind_mode_and_time_are_those_that_the_zip_has()
    {
        IReadOnlyList<ZipMember> members = Read(RawZip.Of(
            new RawZipEntry("bin/", "") { UnixMode = 0x41C0 },
            new RawZipEntry("bin/run", "#!") { UnixMode = 0x89ED },
            new RawZipEntry("link", "bin/run") { UnixMode = 0xA1FF },
            new RawZipEntry("plain", "x") { UnixMode = 0, Dos = (0, 0) },
            new RawZipEntry("folder") { UnixMode = 0x41ED }, new RawZipEntry("name/")));

        var time = new FileTime(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero).ToUnixTimeSeconds(), 0);
        Assert.Equal(
            [
                ("bin/", EntryKind.Folder, 0x1C0u), ("bin/run", EntryKind.File, 0x9EDu), ("folder/", EntryKind.Folder,
                    0x1EDu),
                ("link", EntryKind.Symlink, 0x1FFu), ("name/", EntryKind.Folder, null), ("plain", EntryKind.File, null),
            ],
            members.Select(member => (member.Path.ToString()["f/code/".Length..], member.Kind, member.Mode)));
        Assert.Equal(time, members[1].ModifiedTime);
        Assert.Equal(new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero),
            members[5].ModifiedTime.ToDateTimeOffset());
        Assert.All(members, member => Assert.Null(member.Fault ?? member.Doubt));
    }

    [Theory]
    [InlineData("x", "x", 0x61B6, "it is no file, folder or symbolic link")]
    [InlineData("x/", "x", 0x41ED, "it is a folder and has content")]
    [InlineData("x/", "", 0xA1FF, "it is a folder by its name alone")]
    [InlineData("x", "", 0xA1FF, "it is a symbolic link to nowhere")]
    public void What_is_not_what_it_claims_is_a_fault(string name, string content, uint mode, string fault)
    {
        ZipMember member = Assert.Single(Read(RawZip.Of(new RawZipEntry(name, content) { UnixMode = mode })));

        Assert.Equal(fault, member.Fault);
    }

    [Fact]
    public void What_is_encrypted_or_has_too_long_a_name_is_a_fault_and_the_rest_is_there()
    {
        IReadOnlyList<ZipMember> members = Read(RawZip.Of(
            new RawZipEntry("a", "x") { Flags = 1 }, new RawZipEntry(new string('n', 5000), "x"), new RawZipEntry("z",
                "x")));

        Assert.Equal(["it is encrypted", "its name has 5000 bytes", null], members.Select(member => member.Fault));
        Assert.True(members[1].Path.Length < 300);
    }

    [Fact]
    public void Of_several_of_one_name_the_last_is_there_and_says_so()
    {
        IReadOnlyList<ZipMember> members = Read(RawZip.Of(
            new RawZipEntry("a", "1"), new RawZipEntry("b/"), new RawZipEntry("./a", "22"), new RawZipEntry("b/"),
            new RawZipEntry("a", "333"), new RawZipEntry("%2E%2E", "good"), new RawZipEntry("..", "bad")));

        Assert.Equal(3, members.Count);
        Assert.Equal((4, null), (members[0].Size, members[0].Fault));
        Assert.Contains("leads out", members[0].Doubt, StringComparison.Ordinal);
        Assert.Equal((3, null, "the zip has several entries of that name; this is the last"),
            (members[1].Size, members[1].Fault, members[1].Doubt));
        Assert.Null(members[2].Doubt);
    }

    /// <summary>Unpacked in order, what is below a link would be written where it leads.</summary>
    [Theory, InlineData(0x81A4), InlineData(0xA1FF)]
    public void A_file_or_link_that_is_a_folder_too_is_a_fault(uint mode)
    {
        IReadOnlyList<ZipMember> members = Read(RawZip.Of(
            new RawZipEntry("a", "/etc") { UnixMode = mode }, new RawZipEntry("a.b", "x"), new RawZipEntry("a/passwd",
                "x"),
            new RawZipEntry("ab", "x")));

        Assert.Equal(
            ["the zip has a folder of that name as well", null, null, null], members.Select(member => member.Fault));
    }

    [Fact]
    public void Claims_beyond_the_bound_are_refused_before_anything_is_unpacked()
    {
        byte[] one = RawZip.Of(new RawZipEntry("a", "x") { ClaimedSize = 1UL << 60 });
        byte[] overflow = RawZip.Of(
            Enumerable.Range(0, 20).Select(i => new RawZipEntry($"{i}", "x") { ClaimedSize = 1UL << 62 }));
        byte[] shared = RawZip.Of(Enumerable.Range(0, 2000).Select(i =>
            new RawZipEntry($"{i}", "x") { ClaimedSize = 1 << 20, SharesContent = i > 0 }));

        foreach (byte[] zip in (byte[][])[one, overflow, shared])
        {
            Assert.Contains("more than 1073741824 bytes", Assert.Throws<IOException>(() => Read(zip)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void More_entries_than_the_bound_are_refused_whatever_the_zip_says_of_their_number()
    {
        byte[] zip = RawZip.Of(Enumerable.Range(0, ZipMembers.MaxEntries + 1).Select(i => new RawZipEntry($"{i}")
        {
            SharesContent = i > 0,
        }));

        Assert.Contains("more than 200000 entries", Assert.Throws<IOException>(() => Read(zip)).Message,
            StringComparison.Ordinal);
    }

    [Theory, InlineData(""), InlineData("<html>not found</html>"), InlineData("PK\u0003\u0004 and no end")]
    public void What_is_no_zip_is_an_IOException(string text) =>
        Assert.Throws<IOException>(() => Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void An_empty_zip_has_no_members() => Assert.Empty(Read(RawZip.Of()));

    private static IReadOnlyList<ZipMember> Read(byte[] zip)
    {
        using var bytes = new HeldBytes(zip.Length, inMemory: true);
        bytes.Write(0, zip);
        using ZipArchive archive = ZipMembers.Open(bytes);
        return ZipMembers.Read(archive, Folder);
    }
}
