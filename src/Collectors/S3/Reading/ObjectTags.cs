using System.Text;
using System.Xml;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>The tags of an object, as attributes.</summary>
internal static class ObjectTags
{
    /// <summary>What the name of a tag begins with in an entry.</summary>
    public const string Family = "tag.";

    private const int Tries = 5;

    /// <summary>All tags, or none.</summary>
    /// <exception cref="IOException">They cannot be had.</exception>
    public static async Task<IReadOnlyList<NamedValue>> GetAsync(ObjectVersion version,
        CancellationToken cancellationToken)
    {
        AwsRequest request = version.Request("GetObjectTagging", [new("tagging", null)], []);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                AwsResponse response = await version.Transport.SendAsync(request,
                    cancellationToken).ConfigureAwait(false);
                await using (response.ConfigureAwait(false))
                {
                    return Read(await XmlBody.ReadAsync(response, cancellationToken).ConfigureAwait(false));
                }
            }
            catch (IOException e) when (e is not AwsException && attempt < Tries)
            {
                // Cut off, or garbled on the way.
            }
        }
    }

    private static List<NamedValue> Read(byte[] body)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using XmlReader xml = XmlBody.Open(body);
            string? key = null, value = null;
            for (xml.MoveToContent(); !xml.EOF;)
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "Key" })
                {
                    key = xml.ReadElementContentAsString();
                }
                else if (xml is { NodeType: XmlNodeType.Element, LocalName: "Value" })
                {
                    value = xml.ReadElementContentAsString();
                }
                else
                {
                    xml.Read();
                    continue;
                }

                if (key is not null && value is not null)
                {
                    tags[key] = value;
                    key = value = null;
                }
            }
        }
        catch (XmlException e)
        {
            throw new IOException($"the tags are malformed: {AwsWire.OneLine(e.Message)}", e);
        }

        return [.. tags.Select(tag => new NamedValue(Family + tag.Key, Encoding.UTF8.GetBytes(tag.Value)))];
    }
}
