using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Model;

public sealed class EntryPathTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a\\x41\\xff", "6141FF")]
    [InlineData("\\x4", "5C7834")]
    [InlineData("\\", "5C")]
    [InlineData("é\\x00", "C3A900")]
    public void What_is_typed_is_bytes(string typed, string bytes) =>
        Assert.Equal(bytes, Convert.ToHexString(EntryPath.ParseEscaped(typed).Span));
}
