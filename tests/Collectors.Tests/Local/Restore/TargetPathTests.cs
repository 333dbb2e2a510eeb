using System.Text;
using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

public sealed class TargetPathTests
{
    [Theory]
    [InlineData("a", "", "a")]
    [InlineData("a/b", "a", "b")]
    [InlineData("a/b/c/", "a/b", "c")]
    [InlineData("...", "", "...")]
    [InlineData(" /.hidden", " ", ".hidden")]
    [InlineData("a\\b/c:d", "a\\b", "c:d")]
    public void A_plain_path_is_cut_into_parent_and_name(string path, string parent, string name)
    {
        TargetPath found = TargetPath.Of(new EntryPath(path));

        Assert.Equal(parent, Encoding.UTF8.GetString(found.Parent));
        Assert.Equal(name + '\0', Encoding.UTF8.GetString(found.Name()));
        Assert.Equal(path.EndsWith('/'), found.IsFolder);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("../")]
    [InlineData("../x")]
    [InlineData("a/..")]
    [InlineData("a/../b")]
    [InlineData(".")]
    [InlineData("./a")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a//")]
    [InlineData("a\0b")]
    [InlineData("a/\0")]
    public void A_path_that_could_leave_the_target_is_refused(string path)
    {
        var refused = Assert.Throws<IOException>(() => TargetPath.Of(new EntryPath(path)));

        Assert.Contains("the path would leave the target", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\\b")]
    [InlineData("..\\b")]
    [InlineData("C:")]
    [InlineData("c:x/y")]
    [InlineData("file:stream")]
    [InlineData("a/CON")]
    [InlineData("nul.txt")]
    [InlineData("com1 .log")]
    [InlineData("LPT¹")]
    [InlineData("a./b")]
    [InlineData("a ")]
    [InlineData("a\u0001")]
    [InlineData("what?")]
    public void What_means_something_else_on_Windows_is_refused_there_and_only_there(string path)
    {
        Assert.Throws<IOException>(() => TargetPath.Of(new EntryPath(path), windows: true));
        Assert.False(TargetPath.Of(new EntryPath(path), windows: false).IsRoot);
    }

    [Theory]
    [InlineData("console")]
    [InlineData("COM10")]
    [InlineData(".config/nul-like")]
    public void Names_that_only_look_like_devices_are_taken_on_Windows(string path) =>
        Assert.False(TargetPath.Of(new EntryPath(path), windows: true).IsRoot);

    [Fact]
    public void The_longest_name_has_255_bytes()
    {
        Assert.Equal(256, TargetPath.Of(new EntryPath("a/" + new string('n', 255))).Name().Length);
        Assert.Throws<IOException>(() => TargetPath.Of(new EntryPath("a/" + new string('n', 256))));
        Assert.Throws<IOException>(() => TargetPath.Of(new EntryPath(new string('n', 256) + "/a")));
    }

    /// <summary>Whatever comes out is names that can be given to the kernel one by one.</summary>
    [Fact]
    public void What_is_not_refused_has_plain_names_only()
    {
        var random = new Random(11);
        byte[] letters = [(byte)'.', (byte)'/', (byte)'a', 0, 0xFF, (byte)'\\'];
        int taken = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] path = new byte[random.Next(1, 8)];
            Array.ForEach(
                Enumerable.Range(0, path.Length).ToArray(), i => path[i] = letters[random.Next(letters.Length)]);
            try
            {
                string names = Encoding.Latin1.GetString(TargetPath.Of(new EntryPath(path)).Span);
                Assert.DoesNotContain(
                    names.Split('/'),
                    name => name is "" or "." or ".." || name.Contains('\0', StringComparison.Ordinal));
                Assert.Equal(Encoding.Latin1.GetString(path).TrimEnd('/'), names);
                taken++;
            }
            catch (IOException)
            {
            }
        }

        Assert.InRange(taken, 1000, 19_000);
    }
}
