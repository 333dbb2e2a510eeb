using JadaStore.Cli.Patches;

namespace JadaStore.Cli.Tests.Patches;

public class JsonDifferenceTests
{
    [Fact]
    public void Documents_on_one_line_differ_by_member()
    {
        Assert.True(JsonDifference.TryFind(
            """{"a":1,"b":{"c":[1,2]},"d":"x","e":null}""", """{"b":{"c":[1,3,4]},"a":1,"f":true,"e":{}}""", out var members));

        Assert.Equal(
            ["b.c[1]: 2 → 3", "b.c[2]: (added) → 4", "d: \"x\" → (removed)", "e: null → {}", "f: (added) → true"], members);
    }

    [Fact]
    public void Documents_in_another_order_have_no_member_that_differs()
    {
        Assert.True(
            JsonDifference.TryFind("{\n \"a\": 1,\n \"b\": 2\n}\n", "{\n \"b\": 2,\n \"a\": 1\n}\n", out var members));
        Assert.Single(members);
    }

    [Theory]
    [InlineData("{\n \"a\": 1\n}\n", "{\n \"a\": 2\n}\n")]
    [InlineData("{\"a\":1}", "{\"a\":")]
    [InlineData("1", "2")]
    [InlineData("{\"\\ud800\":1}", "{\"\\ud800\":2}")]
    [InlineData("", "{}")]
    public void Lines_say_more_of_all_else(string old, string made) =>
        Assert.False(JsonDifference.TryFind(old, made, out _));
}
