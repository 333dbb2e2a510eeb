using JadaStore.Cli.Estate;

namespace JadaStore.Cli.Tests.Estate;

/// <summary>A document that was stored may be anything, and a diff must not end on it.</summary>
public class DocumentsTests
{
    [Theory]
    [InlineData("7B22FF223A317D")]                         // {"\xFF":1}
    [InlineData("7B2261223A225C7564383030227D")]           // {"a":"\ud800"}
    [InlineData("7B2261223A5B7B225C7564633030223A317D5D7D")] // {"a":[{"\udc00":1}]}
    [InlineData("5B")]
    public async Task What_is_no_JSON_is_no_document(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        var documents = new Documents((_, target, token) => target.WriteAsync(bytes, token).AsTask());

        Assert.Null(await documents.ReadAsync(Sample.File("x", bytes.Length), default));
    }

    [Fact]
    public async Task Deep_nesting_is_no_document_either()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)'[', 100_000)];
        var documents = new Documents((_, target, token) => target.WriteAsync(bytes, token).AsTask());

        Assert.Null(await documents.ReadAsync(Sample.File("x", bytes.Length), default));
    }
}
