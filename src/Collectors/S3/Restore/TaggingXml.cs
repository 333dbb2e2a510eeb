using System.Text;
using System.Xml;
using JadaStore.Collectors.S3.Reading;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>The body of a request that sets tags.</summary>
internal static class TaggingXml
{
    /// <summary>That of tags, which are attributes.</summary>
    /// <exception cref="IOException">XML cannot hold one.</exception>
    public static byte[] Of(IReadOnlyList<NamedValue> tags)
    {
        var bytes = new MemoryStream();
        var settings =
            new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize };
        try
        {
            using var xml = XmlWriter.Create(bytes, settings);
            xml.WriteStartElement("Tagging", "http://s3.amazonaws.com/doc/2006-03-01/");
            xml.WriteStartElement("TagSet");
            foreach (NamedValue tag in tags)
            {
                xml.WriteStartElement("Tag");
                xml.WriteElementString("Key", tag.Name[ObjectTags.Family.Length..]);
                xml.WriteElementString("Value", Encoding.UTF8.GetString(tag.Value));
                xml.WriteEndElement();
            }
        }
        catch (ArgumentException e)
        {
            throw new IOException($"its tags cannot be sent: {e.Message}", e);
        }

        return bytes.ToArray();
    }
}
