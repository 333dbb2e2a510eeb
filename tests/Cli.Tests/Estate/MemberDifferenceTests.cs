using System.Text.Json;
using JadaStore.Cli.Estate;

namespace JadaStore.Cli.Tests.Estate;

public class MemberDifferenceTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":"x"}}""", """{"b":{"c":"y"},"a":1}""", "b.c x → y")]
    [InlineData("""{"a":1}""", """{"b":"x"}""", "-a 1|+b x")]
    [InlineData("""{"a":null}""", """{"a":{}}""", "a null → {}")]
    [InlineData("""{"a":1.0,"b":2}""", """{"b":2,"a":1.00}""", "")]
    [InlineData("[1]", "[2]", "(document) 1 → 2")]
    [InlineData("""{"a.b":{"c d":1}}""", """{"a.b":{"c d":2}}""", "a.b.c d 1 → 2")]
    public void Members_that_differ_are_found_by_name(string old, string made, string expected) =>
        Assert.Equal(expected, Words(old, made));

    [Theory]
    [InlineData("""{"l":["a","b","b"]}""", """{"l":["b","a","b"]}""", "l reordered")]
    [InlineData("""{"l":["a","b"]}""", """{"l":["a","b","b"]}""", "+l b")]
    [InlineData("""{"l":["a","b"]}""", """{"l":["c","a"]}""", "l b → c")]
    [InlineData("""{"l":["a","b"]}""", """{"l":["c","d"]}""", "-l a|-l b|+l c|+l d")]
    [InlineData("""{"l":[[1,2],[3]]}""", """{"l":[[3],[1,4]]}""", "l[] 2 → 4")]
    public void Lists_of_values_are_sets_in_which_each_is_as_often_as_it_is_there(
        string old, string made, string expected) =>
        Assert.Equal(expected, Words(old, made));

    [Theory]
    [InlineData(
        """{"O":{"Items":[{"Id":"a","D":"x"},{"Id":"b","D":"y"}],"Quantity":2}}""",
        """{"O":{"Items":[{"Id":"b","D":"z"},{"Id":"a","D":"x"}],"Quantity":2}}""", "O[b].D y → z")]
    [InlineData(
        """{"Tags":[{"Key":"env","Value":"dev"},{"Key":"old","Value":"1"}]}""",
        """{"Tags":[{"Key":"new","Value":"2"},{"Key":"env","Value":"prod"}]}""",
        "Tags[env] dev → prod|+Tags[new] \"2\"|-Tags[old] \"1\"")]
    [InlineData(
        """{"Keys":[{"FooArn":"1","T":1},{"FooArn":"2","T":1}]}""",
        """{"Keys":[{"FooArn":"2","T":2},{"FooArn":"1","T":1}]}""", "Keys[2].T 1 → 2")]
    [InlineData("""[{"Id":"a"},{"Id":"b"}]""", """[{"Id":"b"},{"Id":"a"}]""", "(document) reordered")]
    public void Objects_of_a_list_belong_together_by_what_names_them(string old, string made, string expected) =>
        Assert.Equal(expected, Words(old, made));

    /// <summary>Two of a name: then nothing is a name.</summary>
    [Theory]
    [InlineData(
        """{"R":[{"Id":"a","P":1},{"Id":"a","P":2}]}""", """{"R":[{"Id":"a","P":2},{"Id":"a","P":3}]}""",
        "R[].P 1 → 3")]
    [InlineData(
        """{"R":[{"P":1},{"P":2}]}""", """{"R":[{"P":3},{"P":4}]}""",
        "-R[] {\"P\":1}|-R[] {\"P\":2}|+R[] {\"P\":3}|+R[] {\"P\":4}")]
    public void Objects_without_a_name_belong_together_when_they_are_equal(string old, string made, string expected) =>
        Assert.Equal(expected, Words(old, made));

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Whatever_differs_is_found_from_either_side_and_nothing_else(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++)
        {
            JsonElement old = Parse(Some(random, 4)), made = Parse(Some(random, 4));

            IReadOnlyList<MemberChange> there = MemberDifference.Find(old, made);
            IReadOnlyList<MemberChange> back = MemberDifference.Find(made, old);

            Assert.Empty(MemberDifference.Find(old, old));
            Assert.Equal(JsonElement.DeepEquals(old, made), there.Count == 0);
            Assert.Equal(Sorted(there, turned: false), Sorted(back, turned: true));
            Assert.All(there, change => Assert.True(change.Old is not null || change.New is not null));
        }
    }

    /// <summary>A set in another order is the same set, at any depth.</summary>
    [Theory, InlineData(5), InlineData(6)]
    public void Shuffled_lists_differ_in_their_order_alone(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++)
        {
            string[] items = [.. Enumerable.Range(0, 6).Select(n => $$"""{"Id":"{{n}}","V":{{Some(random, 2)}}}""")];
            JsonElement old = Parse($"[{string.Join(',', items)}]");
            random.Shuffle(items);
            JsonElement made = Parse($"[{string.Join(',', items)}]");

            Assert.All(MemberDifference.Find(old, made), change => Assert.True(change.IsReordered));
        }
    }

    private static List<string> Sorted(IReadOnlyList<MemberChange> changes, bool turned) =>
    [
        .. changes.Select(change => turned ? change with { Old = change.New, New = change.Old } : change)
            .Select(change => $"{change.Path}: {Raw(change.Old)} {Raw(change.New)}").Order(StringComparer.Ordinal),
    ];

    private static string Raw(JsonElement? element) => element is { } value ? ElementText.Of(value) : "nothing";

    private static string Some(Random random, int depth) => random.Next(depth > 0 ? 6 : 3) switch
    {
        0 => random.Next(3).ToString(System.Globalization.CultureInfo.InvariantCulture),
        1 => $"\"{(char)('a' + random.Next(3))}\"",
        2 => random.Next(2) == 0 ? "true" : "null",
        3 => $"[{Several(random, _ => Some(random, depth - 1))}]",
        4 => $"[{Several(random, n => $$"""{"Id":{{random.Next(3) + (3 * n)}},"V":{{Some(random, depth - 1)}}}""")}]",
        _ => $$"""{{{Several(random, n => $"\"m{n}\":{Some(random, depth - 1)}")}}}""",
    };

    private static string Several(Random random, Func<int, string> item) =>
        string.Join(',', Enumerable.Range(0, random.Next(4)).Select(item));

    private static string Words(string old, string made) => string.Join(
        '|', MemberDifference.Find(Parse(old), Parse(made)).Select(change => MemberText.Of(change, change.Path)));

    private static JsonElement Parse(string text) => JsonElement.Parse(text);
}
