using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Protocols;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Tests.Aws.Protocols;

/// <summary>Answers of the JSON protocols that no service should send, and what a newer one may.</summary>
public class JsonAnswerTests
{
    private static readonly AwsModel DynamoDb = AwsModel.Of("dynamodb");
    private static readonly AwsModel Lambda = AwsModel.Of("lambda");

    /// <summary>A service learns new things before its users do: a backup must not lose them.</summary>
    [Fact]
    public void What_the_model_does_not_know_is_kept_under_its_own_name()
    {
        JsonObject read = Read(DynamoDb, "DescribeTable", """
            {"Table":{"__type":"x","TableName":"t","New":{"B":[1,null,{"c":0.5E1}],"__type":"kept"},
            "ItemCount":"many","TableArn":null},"Z":1}
            """);

        Same("""
            {"Table":{"TableName":"t","New":{"B":[1,null,{"c":5.0}],"__type":"kept"},"ItemCount":"many"},"Z":1}
            """, read);
    }

    [Fact]
    public void Numbers_keep_their_digits()
    {
        JsonObject read = Read(DynamoDb, "DescribeTable", """
            {"Table":{"ItemCount":115292150460684697612345,"TableSizeBytes":1e400,
            "CreationDateTime":1795426668.1239996}}
            """);

        Same("""
            {"Table":{"ItemCount":115292150460684697612345,"TableSizeBytes":1e+400,
            "CreationDateTime":"2026-11-23T09:37:48.124000+00:00"}}
            """, read);
    }

    [Theory]
    [InlineData("<html><body>504 Gateway Time-out</body></html>")]
    [InlineData("not found")]
    [InlineData("{\"Table\":")]
    [InlineData("{\"Table\":{\"ItemCount\":NaN}}")]
    [InlineData("{\"Table\":{\"TableName\":\"a\",\"TableName\":\"b\"}}")]
    [InlineData("{\"New\":{\"a\":1,\"\\u0061\":2}}")]
    [InlineData("{\"Table\":{\"TableName\":\"\\ud800\"}}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("{} {}")]
    [InlineData("{'a':1}")]
    public void What_is_no_answer_is_an_error_of_the_service(string body)
    {
        AwsException e = Assert.Throws<AwsException>(() => Read(DynamoDb, "DescribeTable", body));

        Assert.Equal("MalformedAnswer", e.Code);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory, InlineData("{\"a\":", "}"), InlineData("[", "]")]
    public void Depth_is_bounded(string open, string close)
    {
        string Body(int depth) =>
            "{\"New\":" + string.Concat(Enumerable.Repeat(open, depth)) + "1"
            + string.Concat(Enumerable.Repeat(close, depth)) + "}";

        Assert.NotNull(Read(DynamoDb, "DescribeTable", Body(100)));
        Assert.Throws<AwsException>(() => Read(DynamoDb, "DescribeTable", Body(100_000)));
        Assert.Throws<AwsException>(() => Read(DynamoDb, "DescribeTable", Body(100_000).TrimEnd('}', ']')));
    }

    [Theory, InlineData(""), InlineData("null"), InlineData("{}"), InlineData(" {} ")]
    public void Nothing_is_an_answer_without_members(string body) =>
        Same("{}", Read(DynamoDb, "DescribeTable", body));

    [Theory]
    [InlineData("5", "5"), InlineData("\"5\"", "5"), InlineData("5.0", "5"), InlineData("5.5", "5.5")]
    [InlineData("\"x\"", "\"x\""), InlineData("[5]", "[5]"), InlineData("{}", "{}"), InlineData("true", "true")]
    public void A_number_may_stand_in_a_text_and_what_is_none_stays(string wire, string read) =>
        Same(
            Function($$"""{"Timeout":{{read}}}"""),
            Read(Lambda, "GetFunction", Function($$"""{"Timeout":{{wire}}}""")));

    [Theory]
    [InlineData("""{"Environment":[]}"""), InlineData("""{"Environment":"x"}"""), InlineData("""{"Layers":{"a":1}}""")]
    [InlineData("""{"Environment":{"Variables":[1,[2]]}}"""), InlineData("""{"Layers":[[],7,{"Arn":{}}]}""")]
    public void A_value_of_another_kind_than_the_models_stays_as_it_is(string body) =>
        Same(Function(body), Read(Lambda, "GetFunction", Function(body)));

    [Fact]
    public void Every_cut_and_every_changed_byte_gives_an_answer_or_a_refusal()
    {
        byte[] body = Encoding.UTF8.GetBytes(Function(
            """
            {"Timeout":3,"Layers":[{"Arn":"é\n\u00e9"}],"LastModified":"2026-11-23",
            "Environment":{"Variables":{"A":null}}}
            """));
        for (int i = 0; i < body.Length; i++)
        {
            AssertHandled(body[..i]);
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. body];
                changed[i] ^= (byte)(1 << bit);
                AssertHandled(changed);
            }
        }
    }

    private static void AssertHandled(byte[] body)
    {
        Exception? e = Record.Exception(() => Read(Lambda, "GetFunction", body));
        Assert.True(e is null or AwsException, $"{Encoding.Latin1.GetString(body)}: {e}");
    }

    private static string Function(string configuration) => $$"""{"Configuration":{{configuration}}}""";

    private static void Same(string expected, JsonObject read) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), read), read.ToJsonString());

    private static JsonObject Read(AwsModel model, string operation, string body) =>
        Read(model, operation, Encoding.UTF8.GetBytes(body));

    private static JsonObject Read(AwsModel model, string operation, byte[] body) =>
        AwsProtocols.Of(model).Read(model.Operation(operation), new WholeAnswer(200, [], body));
}
