using System.Text;
using JadaStore.Collectors.Local;
using JadaStore.Collectors.Local.Ignore;

namespace JadaStore.Collectors.Tests.Local.Ignore;

public sealed class IgnoreRulesTests : IDisposable
{
    private const int Cases = 400;
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    /// <summary>
    /// Git is the judge: of each of 400 small trees with random rules in two folders it must list the very same
    /// files.
    /// </summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task What_is_left_out_is_what_git_leaves_out(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < Cases; i++)
        {
            GrowCase($"{i:D3}", random);
        }

        _tree.Shell("git init -q .");
        string listed = TempTree.Run(
            "env", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
            "git", "-C", _tree.Root, "ls-files", "-z", "--others", "--exclude-per-directory=.jstoreignore");
        string[] expected =
            [.. listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

        string[] found = [.. (await _tree.PathsAsync(new LocalFolderOptions { LeaveOut = [_tree[".git"]] }))
            .Where(path => path.Length > 0 && !path.EndsWith('/')).Order(StringComparer.Ordinal)];

        int all = Directory.EnumerateFiles(_tree.Root, "*", SearchOption.AllDirectories)
            .Count(file => !file.StartsWith(_tree[".git"], StringComparison.Ordinal));
        Assert.InRange(expected.Length, all / 5, all * 9 / 10);   // else the rules were no test
        foreach (string path in expected.Except(found).Concat(found.Except(expected)).Take(1))
        {
            string rules = string.Join("\n---\n", Directory.EnumerateFiles(_tree[path[..3]], ".jstoreignore", SearchOption.AllDirectories)
                .Select(File.ReadAllText));
            Assert.Fail($"{path}: git {(expected.Contains(path) ? "keeps" : "leaves out")} it, with\n{rules}");
        }
    }

    [Theory]
    [InlineData("foo\\ ", "foo ", true)]
    [InlineData("foo  ", "foo", true)]
    [InlineData("\\#x", "#x", true)]
    [InlineData("#x", "#x", false)]
    [InlineData("\\!x", "!x", true)]
    [InlineData("x\r\n", "x", true)]
    [InlineData("\uFEFFx", "x", true)]
    [InlineData("[", "[", false)]
    [InlineData("x\\", "x\\", false)]
    [InlineData("[[:alpha:][:digit:]]", "7", true)]
    [InlineData("[[:nonsense:]a]", "a", false)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[!]a]", "b", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("a/**", "a/x/y", true)]
    [InlineData("**/b", "b", true)]
    [InlineData("a/*", "a/b/c", false)]
    [InlineData("", "x", false)]
    [InlineData("/", "x", false)]
    public void Lines_mean_what_the_manual_says(string line, string path, bool excluded)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        IgnoreFile file = IgnoreFile.Parse(Encoding.UTF8.GetBytes(line));

        Assert.Equal(
            excluded, file.Excludes(bytes, bytes.AsSpan().LastIndexOf((byte)'/') + 1, isFolder: false) ?? false);
    }

    [Fact]
    public void Names_that_are_not_text_are_matched_byte_by_byte()
    {
        byte[] name = [0xFF, 0xFE];

        Assert.True(IgnoreFile.Parse([0xFF, (byte)'?']).Excludes(name, 0, isFolder: false));
        Assert.Null(IgnoreFile.Parse([0xFF]).Excludes(name, 0, isFolder: false));
    }

    /// <summary>Patterns that make a naive matcher try every way to share out the text.</summary>
    [Theory]
    [InlineData("*a*a*a*a*a*a*a*a*a*a*a*a*b")]
    [InlineData("/**/*a*/**/*a*/**/*a*/**/*a*/**/*a*/**/*a*/b")]
    public void No_pattern_takes_for_ever(string pattern)
    {
        byte[] path =
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("aaaaaaaaaaaaaaaa/", 100)) + new string('a', 4000));

        Assert.Null(IgnoreFile.Parse(Encoding.UTF8.GetBytes(pattern)).Excludes(path, 1700, isFolder: false));
    }

    /// <summary>Random bytes as rules: any answer, but an answer.</summary>
    [Fact]
    public void No_rule_can_make_the_matcher_fail()
    {
        var random = new Random(11);
        byte[] alphabet = "ab/*?[]!^-\\:. #\r\n"u8.ToArray();
        for (int i = 0; i < 20_000; i++)
        {
            IgnoreFile file = IgnoreFile.Parse(random.GetItems(alphabet, random.Next(20)));
            byte[] path = random.GetItems(alphabet, random.Next(1, 12));
            file.Excludes(path, path.AsSpan().LastIndexOf((byte)'/') + 1, isFolder: i % 2 == 0);
        }
    }

    private void GrowCase(string folder, Random random)
    {
        string[] parts = ["", "/a", "/a/b", "/ab", "/a/b/c"];
        Array.ForEach(parts, part => _tree.Folder(folder + part));
        foreach (string part in parts)
        {
            foreach (string name in random.GetItems(
                ["a", "b", "ab", "abc", "a.c", "-", "c", "a b", "[a]", "a*", "!b"], 3))
            {
                if (!Directory.Exists(_tree[$"{folder}{part}/{name}"]))
                {
                    _tree.File($"{folder}{part}/{name}x"[..^random.Next(2)], "");
                }
            }
        }

        _tree.File(folder + "/.jstoreignore", Rules(random));
        _tree.File(folder + "/a/.jstoreignore", Rules(random));
    }

    private static string Rules(Random random) => string.Join('\n', Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
        string.Concat(random.GetItems(
            ["a", "b", "c", "ab", "*", "**", "/", "/", "?", "[ab]", "[!a]", "[a-b]", "**/", "/**", "\\a", "\\", ".", "x", "-", " ", "[[:alpha:]]", "!", "\\*"],
            random.Next(1, 6))).Insert(0, random.Next(4) == 0 ? "!" : ""))) + "\n";
}
