using System.Text;
using System.Xml;
using JadaStore.Collectors.Aws.Protocols;

namespace JadaStore.Collectors.Tests.Aws.Protocols;

public class XmlItemReaderTests
{
    [Theory]
    [InlineData("<a>")]
    [InlineData("<html><p>503</html>")]
    [InlineData("{}")]
    [InlineData(" ")]
    [InlineData("<a/><b/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>")]
    [InlineData("<a>&unknown;</a>")]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>")]
    public void What_is_no_plain_XML_is_refused(string body) => Assert.ThrowsAny<XmlException>(() => Read(body));

    [Theory, InlineData(64, true), InlineData(65, false), InlineData(200_000, false)]
    public void Depth_is_bounded(int depth, bool fits)
    {
        string body = string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));

        Assert.Equal(fits, Record.Exception(() => Read(body)) is null);
    }

    [Fact]
    public void Every_cut_and_every_changed_byte_gives_an_answer_or_a_refusal()
    {
        byte[] body = Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8"?><a xmlns="u" xmlns:x="v"><b x:t="1">é&lt;<![CDATA[<c>]]></b><c/></a>""");
        for (int i = 0; i < body.Length; i++)
        {
            Assert.True(Record.Exception(() => XmlItemReader.Read(body.AsMemory(0, i))) is null or XmlException);
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. body];
                changed[i] ^= (byte)(1 << bit);
                Exception? e = Record.Exception(() => XmlItemReader.Read(changed));
                Assert.True(e is null or XmlException, $"byte {i} bit {bit}: {e}");
            }
        }
    }

    [Fact]
    public void Names_lose_their_prefixes_and_text_is_whole()
    {
        XmlItem root = Read("""<x:a xmlns:x="v" xmlns="u" x:t="1">  <b> é&lt;<![CDATA[<c>]]>&#1;<!-- no --> </b></x:a>""");

        Assert.Equal("a", root.Name);
        Assert.Equal([KeyValuePair.Create("t", "1")], root.Attributes);
        Assert.Equal(" é<<c>\u0001 ", Assert.Single(root.Children).Text);
    }

    private static XmlItem Read(string body) => XmlItemReader.Read(Encoding.UTF8.GetBytes(body));
}
