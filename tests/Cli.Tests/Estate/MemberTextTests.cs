using System.Text.Json;
using JadaStore.Cli.Estate;

namespace JadaStore.Cli.Tests.Estate;

public class MemberTextTests
{
    [Theory]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"two words\"", "\"two words\"")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("\"123\"", "\"123\"")]
    [InlineData("\"10.0.0.1\"", "10.0.0.1")]
    [InlineData("true", "true")]
    [InlineData("123", "123")]
    [InlineData("\"arn:aws:iam::1:role/x\"", "arn:aws:iam::1:role/x")]
    [InlineData("{\"a\": [1, 2]}", "{\"a\":[1,2]}")]
    public void Text_is_bare_where_it_can_be_taken_for_nothing_else(string value, string expected) =>
        Assert.Equal($"M null → {expected}", Of("null", value));

    [Fact]
    public void Long_values_are_cut() =>
        Assert.Equal($"M null → {new string('x', 59)}…", Of("null", $"\"{new string('x', 500)}\""));

    /// <summary>Cut at the same place, two long values would look equal.</summary>
    [Fact]
    public void Long_values_are_cut_where_they_are_still_equal()
    {
        string start = new('x', 100);

        Assert.Equal("M …xxxxxxxxxxxx1 → …xxxxxxxxxxxx2", Of($"\"{start}1\"", $"\"{start}2\""));
    }

    private static string Of(string old, string made) => MemberText.Of(
        new MemberChange(MemberPath.Document.Member("M"), JsonElement.Parse(old), JsonElement.Parse(made)),
        MemberPath.Document.Member("M"));
}
