using System.Text;
using JadaStore.Cli.Patches;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Tests.Patches;

/// <summary>Git is the judge: it must take the patch, and have the newer file afterwards.</summary>
public class GitPatchTests
{
    public static TheoryData<string, string> Texts() => new()
    {
        { "a\nb\nc\n", "a\nB\nc\n" },
        { "a\nb", "a\nb\n" },
        { "a\nb\n", "a\nb" },
        { "a", "b" },
        { "\n", "\n\n" },
        { "a\r\nb\r\n", "a\nb\r\n" },
        { "a\rb\rc\n", "a\rB\rc\n" },
        { "x\n", "a\n" },
        { "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n2\n3\n4\n5\n6\n7\n8\n0\n" },
        { "\uFEFFa\n", "\uFEFFb\n" },
        { "tab\tü\u2028x\n", "tab\tü\u2028y\n" },
        { "same\nlast", "last" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Git_applies_the_patch(string old, string made) => await AppliesAsync("f", old, made);

    [Fact]
    public async Task Git_applies_patches_of_random_texts()
    {
        var random = new Random(7);
        var patch = new StringBuilder();
        using var folder = new GitFolder();
        var expected = new List<(string Name, string Text)>();
        for (int i = 0; i < 150; i++)
        {
            string old = Lines(random, random.Next(60));
            string made = Edit(random, old);
            if (old.Length > 0 && made.Length > 0)
            {
                string name = $"f{i}";
                await File.WriteAllTextAsync(Path.Combine(folder.Path, name), old);
                patch.Append(Patch(name, Side(old), Side(made)));
                expected.Add((name, made));
            }
        }

        await folder.ApplyAsync(patch.ToString());

        Assert.True(expected.Count > 50);
        Assert.All(expected, file => Assert.Equal(file.Text, File.ReadAllText(Path.Combine(folder.Path, file.Name))));
    }

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("with space.txt")]
    [InlineData("quote\".txt")]
    [InlineData("tab\tand\nline.txt")]
    [InlineData("back\\slash")]
    [InlineData("ünïcödé/日本.txt")]
    public async Task Git_reads_every_name(string name) => await AppliesAsync(name, "a\nb\n", "a\nc\n");

    [Fact]
    public async Task Git_makes_and_removes_files_and_changes_modes()
    {
        using var folder = new GitFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "gone"), "x\ny\n");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "run"), "x\n");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "empty-gone"), "");
        string patch = Patch("new", null, Side("n\n"))
            + Patch("empty", null, Side(""))
            + Patch("gone", Side("x\ny\n"), null)
            + Patch("empty-gone", Side(""), null)
            + Patch("run", Side("x\n"), Side("x\n") with { Mode = PatchSide.Executable })
            + Patch("link", null, new PatchSide(PatchSide.Link, "new"u8.ToArray(), 3));

        await folder.ApplyAsync(patch);

        Assert.Equal("n\n", File.ReadAllText(Path.Combine(folder.Path, "new")));
        Assert.Equal("", File.ReadAllText(Path.Combine(folder.Path, "empty")));
        Assert.False(File.Exists(Path.Combine(folder.Path, "gone")));
        Assert.False(File.Exists(Path.Combine(folder.Path, "empty-gone")));
        Assert.Equal(0, (await Tool.RunAsync(folder.Path, "", "test", "-x", "run")).Code);
        Assert.Equal("new", new FileInfo(Path.Combine(folder.Path, "link")).LinkTarget);
    }

    [Fact]
    public void A_file_that_is_no_text_is_named_and_not_shown()
    {
        Assert.Contains(
            "Binary files a/f and b/f differ\n", Patch("f", Side("a\0"), Side("b\0")), StringComparison.Ordinal);
        Assert.Contains(
            "differ\n", Patch("f", new PatchSide(PatchSide.Plain, [0xFF], 1), Side("b")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_large_is_named_and_not_shown() =>
        Assert.Contains(
            "too large", Patch("f", new PatchSide(PatchSide.Plain, null, 9_000_000), Side("b")),
            StringComparison.Ordinal);

    [Fact]
    public void Equal_files_give_no_patch() => Assert.Equal("", Patch("f", Side("a"), Side("a")));

    private static async Task AppliesAsync(string name, string old, string made)
    {
        using var folder = new GitFolder();
        string file = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, Encoding.UTF8.GetBytes(old));

        await folder.ApplyAsync(Patch(name, Side(old), Side(made)));

        Assert.Equal(Encoding.UTF8.GetBytes(made), await File.ReadAllBytesAsync(file));
    }

    private static PatchSide Side(string text) =>
        new(PatchSide.Plain, Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetByteCount(text));

    private static string Patch(string path, PatchSide? old, PatchSide? made)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new FilePatch(new PatchWriter(text, color: false)).Write(new EntryPath(path), old, made);
        return text.ToString();
    }

    private static string Lines(Random random, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => $"{(char)('a' + random.Next(8))}\n"));

    private static string Edit(Random random, string text)
    {
        List<string> lines = [.. TextLines.Split(text)];
        for (int edits = random.Next(1, 6); edits > 0; edits--)
        {
            int at = random.Next(lines.Count + 1);
            switch (random.Next(3))
            {
                case 0:
                    lines.Insert(at, $"{(char)('a' + random.Next(10))}\n");
                    break;
                case 1 when at < lines.Count:
                    lines.RemoveAt(at);
                    break;
                case 2 when at < lines.Count:
                    lines[at] = $"{(char)('a' + random.Next(10))}\n";
                    break;
            }
        }

        string made = string.Concat(lines);
        return random.Next(4) == 0 ? made.TrimEnd('\n') : made;
    }

    private sealed class GitFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("jstore-git-").FullName;

        public async Task ApplyAsync(string patch)
        {
            (int code, _, string error) = await Tool.RunAsync(Path, patch, "git", "apply", "--whitespace=nowarn", "-");
            Assert.True(code == 0, error + patch);
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
