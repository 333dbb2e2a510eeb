using System.Text;
using JadaStore.Collectors.Local.Restore;
using JadaStore.Collectors.Tests.Servers;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

/// <summary>The rule of docs/restore.md: no key is lost, none leaves the target, no two have one name.</summary>
public sealed class EscapedNamesTests
{
    [Theory]
    [InlineData("index.html", "index.html")]
    [InlineData("a b/100%/%41/~x", "a b/100%/%41/~x")]
    [InlineData("x/", "x/%=")]
    [InlineData("/x", "%=/x")]
    [InlineData("a//b", "a/%=/b")]
    [InlineData("/", "%=/%=")]
    [InlineData("../x", "%2E%2E%=/x")]
    [InlineData(".", "%2E%=")]
    [InlineData("a\0b%", "a%00b%25%=")]
    [InlineData("a%=", "a%25=%=")]
    [InlineData("a%-/b%+", "a%25-%=/b%25+%=")]
    public void Only_what_cannot_stand_is_escaped(string key, string name)
    {
        Assert.Equal(name, NameOf(key, false));
        Assert.Equal(key, KeyOf(name));
    }

    [Theory]
    [InlineData("a", "a%+")]
    [InlineData("a/", "a/%+")]
    [InlineData("d/..", "d/%2E%2E%+")]
    [InlineData("50%", "50%25%+")]
    public void A_file_beside_a_folder_of_its_name_gives_way(string key, string name)
    {
        Assert.Equal(name, NameOf(key, true));
        Assert.Equal(key, KeyOf(name));
    }

    [Fact]
    public void A_long_segment_goes_on_in_the_next()
    {
        string key = new string('k', 300) + "/" + string.Concat(Enumerable.Repeat("\U0001F600", 256));

        string name = NameOf(key, false);

        Assert.StartsWith(
            new string('k', 253) + "%-/" + new string('k', 47) + "%=/\U0001F600", name, StringComparison.Ordinal);
        Assert.All(name.Split('/'), segment => Assert.InRange(Encoding.UTF8.GetByteCount(segment), 1, 255));
        Assert.Equal(key, KeyOf(name));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Every_key_has_a_name_of_its_own_that_a_folder_holds_and_that_leads_back(bool windows)
    {
        var names = new Dictionary<EntryPath, string>();
        foreach (EntryPath key in Keys())
        {
            foreach (bool isFolderToo in new[] { false, true })
            {
                EntryPath name = EscapedNames.NameOf(key, isFolderToo, windows);
                Assert.False(name.IsFolder);
                Assert.False(TargetPath.Of(name, windows).IsRoot);
                Assert.Equal(key, EscapedNames.KeyOf(name));
                bool isNew = names.TryAdd(name, $"{key} {isFolderToo}");
                Assert.True(isNew, $"{key} and {names[name]} are both {name}");
            }
        }
    }

    /// <summary>However a map looks: no name is a file's and a folder's.</summary>
    [Fact]
    public void No_file_stands_where_a_folder_must()
    {
        EntryPath[] keys = [.. Keys()];
        var files = new HashSet<EntryPath>();
        var folders = new HashSet<EntryPath>();
        var begun = keys.SelectMany(key => Enumerable.Range(0, key.Length).Where(i => key.Span[i] == (byte)'/')
            .Select(i => new EntryPath(key.Span[..i].ToArray()))).ToHashSet();
        foreach (EntryPath key in keys)
        {
            EntryPath name = EscapedNames.NameOf(key, begun.Contains(key));
            Assert.True(files.Add(name));
            folders.UnionWith(Enumerable.Range(0, name.Length).Where(i => name.Span[i] == (byte)'/')
                .Select(i => new EntryPath(name.Span[..i].ToArray())));
        }

        Assert.Empty(files.Intersect(folders));
    }

    private static HashSet<EntryPath> Keys()
    {
        var random = new Random(5);
        string[] words =
        [
            "a", "b", "", ".", "..", "%", "%=", "%+", "%-", "%25", "CON", "x.", "?", new string('k', 255),
            new string('k', 256), "\0",
        ];
        var keys = new HashSet<EntryPath>(HardKeys.All.Concat(HardKeys.Control).Select(key => new EntryPath(key)));
        for (int i = 0; i < 5000; i++)
        {
            IEnumerable<string> segments = Enumerable.Range(0, random.Next(1, 4))
                .Select(_ => words[random.Next(words.Length)]
                    + (random.Next(3) == 0 ? words[random.Next(words.Length)] : ""));
            keys.Add(new EntryPath(string.Join('/', segments)));
        }

        keys.Remove(new EntryPath(""));
        return keys;
    }

    private static string NameOf(string key, bool isFolderToo) =>
        Encoding.UTF8.GetString(EscapedNames.NameOf(new EntryPath(key), isFolderToo).Span);

    private static string KeyOf(string name) => Encoding.UTF8.GetString(EscapedNames.KeyOf(new EntryPath(name)).Span);
}
