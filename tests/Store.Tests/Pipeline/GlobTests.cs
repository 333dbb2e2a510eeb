using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using JadaStore.Store.Pipeline;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class GlobTests
{
    private static readonly string[] Tokens =
        ["a", "b", "/", "*", "**", "**/", "/**", "?", "[ab]", "[!a]", "[a-b]", "[^b-c]", "\\*", "\\a", "."];

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Random_patterns_match_as_a_regular_expression_says(int seed)
    {
        var random = new Random(seed);
        int matched = 0;
        for (int round = 0; round < 2000; round++)
        {
            string pattern = RandomPattern(random);
            var glob = new Glob(pattern);
            var judge = new Regex(ToRegex(pattern), RegexOptions.CultureInvariant);
            for (int i = 0; i < 12; i++)
            {
                string path = RandomPath(random);
                string subject =
                    pattern.Contains('/', StringComparison.Ordinal) ? path : path[(path.LastIndexOf('/') + 1)..];
                bool expected = judge.IsMatch(subject);
                Assert.True(expected == glob.Matches(path), $"'{pattern}' on '{path}': should be {expected}");
                matched += expected ? 1 : 0;
            }
        }

        Assert.InRange(matched, 500, 23_500);
    }

    [Theory]
    [InlineData("*.html", "local/site/index.html", true)]
    [InlineData("index.*", "index.html", true)]
    [InlineData("site", "local/site/index.html", false)]
    [InlineData("**/index.html", "local/site/index.html", true)]
    [InlineData("**/index.html", "index.html", true)]
    [InlineData("**/index.html", "myindex.html", false)]
    [InlineData("**/index.html", "a/myindex.html", false)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**/b", "a/xb", false)]
    [InlineData("a/**/b", "ab", false)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**", "ab/c", false)]
    [InlineData("a/*", "a/b/c", false)]
    [InlineData("a/*/c", "a/b/c", true)]
    [InlineData("a**c/d", "a/b/c/d", true)]
    [InlineData("?", "é", true)]
    [InlineData("a?b/", "a/b", false)]
    [InlineData("/local/*", "local/x", true)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[", "[", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "x", false)]
    [InlineData("\\[a]", "[a]", true)]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    public void A_pattern_means_what_people_expect(string pattern, string path, bool expected) =>
        Assert.Equal(expected, new Glob(pattern).Matches(path));

    /// <summary>Backtracking over every star would take longer than the universe has left.</summary>
    [Theory, InlineData("*a"), InlineData("**a"), InlineData("**/a"), InlineData("*a**"), InlineData("[a]*")]
    public void A_pattern_made_to_be_slow_is_answered_at_once(string part)
    {
        string pattern = string.Concat(Enumerable.Repeat(part, 60)) + "b";
        string path = string.Concat(Enumerable.Repeat("a/aaaa", 1000));
        long begun = Stopwatch.GetTimestamp();

        Assert.False(new Glob(pattern).Matches(path));
        Assert.False(new Glob(pattern).Matches(new string('a', 6000)));

        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    // Four stars in a row mean no more than two, which the judge need not know.
    private static string RandomPattern(Random random)
    {
        string pattern =
            string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Tokens[random.Next(Tokens.Length)]));
        while (pattern.Contains("****", StringComparison.Ordinal))
        {
            pattern = pattern.Replace("****", "**", StringComparison.Ordinal);
        }

        return pattern;
    }

    private static string RandomPath(Random random)
    {
        var path = new StringBuilder();
        for (int length = random.Next(1, 9); path.Length < length;)
        {
            path.Append("aaabbc*./"[random.Next(9)]);
        }

        return path.ToString().TrimEnd('/');
    }

    // The same meaning, said in another language.
    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder("\\A(?s:");
        pattern = pattern.TrimStart('/');
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*')
            {
                bool atSegment = i == 0 || pattern[i - 1] == '/';
                bool folders = atSegment && i + 2 < pattern.Length && pattern[i + 2] == '/';
                regex.Append(folders ? "(.*/)?" : ".*");
                i += folders ? 2 : 1;
            }
            else if (c == '[' && pattern.IndexOf(']', i + 1) is var close && close > i + 1)
            {
                string set = pattern[(i + 1)..close];
                bool negated = set[0] is '!' or '^';
                regex.Append(negated ? $"[^/{set[1..]}]" : $"[{set}]");
                i = close;
            }
            else
            {
                bool quoted = c == '\\' && i + 1 < pattern.Length;
                regex.Append(quoted ? Regex.Escape(pattern[++i].ToString()) : c switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    _ => Regex.Escape(c.ToString()),
                });
            }
        }

        return regex.Append(")\\z").ToString();
    }
}
