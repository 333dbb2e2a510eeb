using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Collectors.Aws.Services.Walk;

namespace JadaStore.Collectors.Tests.Aws.Services.Walk;

public class DocumentFormTests
{
    private static readonly ItemScope Scope =
        new ItemScope { Region = "", Account = "" }.Within("ids", JsonValue.Create("sail.com"));

    [Theory]
    [InlineData("""{"drop": ["ETag", "A[].B", "Map[].C", "No.Such"]}""",
        """{"ETag": "1", "A": [{"B": 1, "C": 2}, {"B": null}], "Map": {"x": {"C": 1, "D": 2}}}""",
        """{"A":[{"C":2},{}],"Map":{"x":{"D":2}}}""")]
    [InlineData("""{"sets": ["T:K", "L"]}""", """{"T": [{"K": "b"}, {"K": "a"}], "L": [3, 10, "x", 2]}""",
        """{"L":["x",10,2,3],"T":[{"K":"a"},{"K":"b"}]}""")]
    [InlineData("""{"sets": ["O", "O[].I"]}""", """{"O": [{"I": [2, 1]}, {"I": [1, 0]}]}""", """{"O":[{"I":[0,1]},{"I":[1,2]}]}""")]
    [InlineData("""{"json": ["P", "L[].P"]}""",
        """{"P": "%7B%22b%22%3A%22%2B%22%7D", "L": [{"P": "{\"a\":[1.0]}"}, {"P": "no json"}, {"P": "{\"a\":1,\"a\":2}"}]}""",
        """{"L":[{"P":{"a":[1.0]}},{"P":"no json"},{"P":"{\u0022a\u0022:1,\u0022a\u0022:2}"}],"P":{"b":"\u002B"}}""")]
    [InlineData("""{"take": "M.{.}"}""", """{"M": {"other": 1, "sail.com": {"k": 1}}}""", """{"k":1}""")]
    [InlineData("""{"take": "L[0]"}""", """{"L": [{"k": 1}, {"k": 2}]}""", """{"k":1}""")]
    [InlineData("""{"needs": "N"}""", """{"N": 0}""", """{"N":0}""")]
    [InlineData("""{}""", """{"text": "{\"a\": 1}"}""", """{"text":"{\u0022a\u0022: 1}"}""")]
    public void An_answer_is_cut_and_put_in_order(string row, string answer, string expected)
    {
        byte[] bytes = DocumentForm.Bytes(Row(row), JsonNode.Parse(answer)!, Scope)!;

        Assert.Equal(expected, Sorted(JsonNode.Parse(bytes)!).ToJsonString());
    }

    [Theory]
    [InlineData("""{"needs": "N"}""", """{"N": []}""")]
    [InlineData("""{"needs": "N.M"}""", """{"N": {}}""")]
    [InlineData("""{"take": "T"}""", """{"U": 1}""")]
    [InlineData("""{"drop": ["ETag"]}""", """{"ETag": "1"}""")]
    [InlineData("""{"raw": "R"}""", """{"U": 1}""")]
    [InlineData("""{"text": "P"}""", """{"P": ""}""")]
    public void Where_there_is_nothing_there_is_no_document(string row, string answer) =>
        Assert.Null(DocumentForm.Bytes(Row(row), JsonNode.Parse(answer)!, Scope));

    [Theory]
    [InlineData("""{"raw": "R"}""", """{"R": "-----BEGIN\n"}""", "-----BEGIN\n")]
    [InlineData("""{"raw": "R", "blob": true}""", """{"R": "w6QK"}""", "ä\n")]
    [InlineData("""{"text": "P"}""", """{"P": "{\"Version\": \"2\",\"Id\":1}"}""", "{\n    \"Version\": \"2\",\n    \"Id\": 1\n}\n")]
    [InlineData("""{"text": "P"}""", """{"P": "not json"}""", "not json")]
    public void What_is_no_answer_of_its_own_is_stored_bare(string row, string answer, string expected) => Assert.Equal(
        expected, Encoding.UTF8.GetString(DocumentForm.Bytes(Row(row), JsonNode.Parse(answer)!, Scope)!));

    [Fact]
    public void Bytes_that_are_none_are_refused() => Assert.Throws<InvalidDataException>(() => DocumentForm.Bytes(
        Row("""{"raw": "R", "blob": true}"""), JsonNode.Parse("""{"R": "!"}""")!, Scope));

    [Fact]
    public void The_answer_itself_is_left_as_it_was()
    {
        JsonNode answer = JsonNode.Parse("""{"ETag": "1", "L": [2, 1], "P": "{}"}""")!;
        string before = answer.ToJsonString();

        DocumentForm.Bytes(Row("""{"drop": ["ETag"], "sets": ["L"], "json": ["P"]}"""), answer, Scope);

        Assert.Equal(before, answer.ToJsonString());
    }

    private static DocumentRow Row(string row)
    {
        string rows = $$"""
            {"service": "x", "scope": "global", "not_exported": [],
             "resources": [{"name": "k", "folder": "", "documents": [{{row}}]}]}
            """;
        return RowsReader.Read(JsonDocument.Parse(rows).RootElement)!.Kinds[0].Documents[0];
    }

    private static JsonNode Sorted(JsonNode node) => node is JsonObject members
        ? new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value?.DeepClone())))
        : node;
}
