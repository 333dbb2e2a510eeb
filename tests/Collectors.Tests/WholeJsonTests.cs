using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Collectors.AppsScript;
using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Collectors.S3.Config;

namespace JadaStore.Collectors.Tests;

/// <summary>The framework throws <see cref="InvalidOperationException"/> when a name or a text that is no Unicode is
/// used, long after it was read: a policy or a tag with one would end a whole capture.</summary>
public sealed class WholeJsonTests
{
    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""[{"a":[{"\ud800x":1}]}]""")]
    [InlineData("""{"\ud800":1,"\ud800":2}""")]
    public void Half_of_a_surrogate_pair_is_no_JSON(string json)
    {
        Assert.Throws<JsonException>(() => WholeJson.Parse(json, default));
        Assert.Throws<JsonException>(
            () => WholeJson.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false }));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_no_JSON()
    {
        foreach (string json in (string[])["{\"a\":\"\u00ff\"}", "{\"\u00ff\":1}"])
        {
            Assert.Throws<JsonException>(() => WholeJson.Parse(Encoding.Latin1.GetBytes(json), default));
        }
    }

    [Fact]
    public void Nesting_is_bounded() =>
        Assert.ThrowsAny<JsonException>(() => WholeJson.Parse(new string('[', 100_000), default));

    [Fact]
    public void All_else_is_read_as_it_stands() =>
        Assert.Equal("😀", WholeJson.Parse("""{"a":["\ud83d\ude00",1.50,null]}"""u8, default)!["a"]![0]!.GetValue<string>());

    [Fact]
    public void A_text_of_half_a_pair_is_no_JSON() =>
        Assert.Throws<JsonException>(() => WholeJson.Parse("[\"" + '\ud800' + "\"]", default));

    [Fact]
    public void A_document_with_such_a_text_is_kept_as_the_text_that_it_is()
    {
        const string Policy = """{"Statement":"\ud800"}""";

        Assert.Null(JsonText.Parse(Policy));
        Assert.Equal(Policy, Assert.IsAssignableFrom<JsonValue>(BucketDocumentReader.Parse(Policy)).GetValue<string>());
    }

    [Fact]
    public void An_error_of_Googles_with_such_a_name_says_nothing() =>
        Assert.Equal(new GoogleError(400, "", ""), GoogleError.Read(400, """{"error":{"\ud800":1,"message":"m"}}"""u8));
}
