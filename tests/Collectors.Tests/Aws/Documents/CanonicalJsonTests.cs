using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Documents;

namespace JadaStore.Collectors.Tests.Aws.Documents;

public class CanonicalJsonTests
{
    [Fact]
    public void Members_are_in_the_order_of_their_code_points_and_lists_in_their_own()
    {
        JsonNode value = JsonNode.Parse("""{"b":[2,1],"a":{},"😀":1,"﷐":2,"B":[],"":null}""")!;

        Assert.Equal(
            "{\n    \"\": null,\n    \"B\": [],\n    \"a\": {},\n    \"b\": [\n        2,\n        1\n    ],\n    \"﷐\": 2,\n    \"😀\": 1\n}\n",
            Text(value));
    }

    [Theory]
    [InlineData("1.50")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("-1e+400")]
    public void Numbers_stay_as_they_were_written(string number) =>
        Assert.Equal(number + "\n", Text(JsonNode.Parse(number)));

    [Fact]
    public void Only_what_must_be_escaped_is()
    {
        JsonNode value = JsonValue.Create("\"\\/<>&'\u2028é\n\r\t\b\f\u0001\u007f\ud800");

        Assert.Equal("\"\\\"\\\\/<>&'\u2028é\\n\\r\\t\\b\\f\\u0001\u007f\\ud800\"\n", Text(value));
        Assert.Equal(value.GetValue<string>()[..^1], JsonNode.Parse(
            Text(value).Replace("\\ud800", "", StringComparison.Ordinal))!.GetValue<string>());
    }

    [Fact]
    public void A_document_that_a_person_wrote_keeps_its_order() =>
        Assert.Equal("{\n    \"b\": 1,\n    \"a\": 2\n}\n", Encoding.UTF8.GetString(CanonicalJson.WriteInOrder(JsonNode.Parse("""{"b":1,"a":2}"""))));

    private static string Text(JsonNode? value) => Encoding.UTF8.GetString(CanonicalJson.Write(value));
}
