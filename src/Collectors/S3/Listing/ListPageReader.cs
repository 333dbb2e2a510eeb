using System.Globalization;
using System.Xml;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Listing;

/// <summary>Reads the XML of a listing.</summary>
internal static class ListPageReader
{
    /// <summary>One page.</summary>
    /// <param name="body">Hostile.</param>
    /// <exception cref="IOException">It is malformed, cut off, or says that more follows and not where.</exception>
    public static ListPage Read(byte[] body)
    {
        try
        {
            using XmlReader xml = XmlBody.Open(body);
            return Read(xml);
        }
        catch (Exception e) when (e is XmlException or FormatException or OverflowException)
        {
            throw new IOException($"the listing is malformed: {AwsWire.OneLine(e.Message)}", e);
        }
    }

    private static ListPage Read(XmlReader xml)
    {
        var found = new List<RawObject>(1000);
        bool truncated = false, encoded = false;
        string token = "", keyMarker = "", versionMarker = "";
        xml.MoveToContent();
        if (xml.LocalName is not ("ListBucketResult" or "ListVersionsResult"))
        {
            throw new FormatException($"it begins with {xml.LocalName}");
        }

        int depth = xml.Depth + 1;
        xml.Read();
        while (!xml.EOF)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.Depth != depth)
            {
                xml.Read();
                continue;
            }

            switch (xml.LocalName)
            {
                case "Contents" or "Version" or "DeleteMarker":
                    found.Add(ReadObject(xml));
                    break;
                case "IsTruncated":
                    truncated = xml.ReadElementContentAsString().Trim() switch
                    {
                        "true" => true,
                        "false" => false,
                        string other => throw new FormatException($"IsTruncated is '{other}', neither true nor false"),
                    };
                    break;
                case "EncodingType":
                    encoded = xml.ReadElementContentAsString().Trim() == "url";
                    break;
                case "NextContinuationToken":
                    token = xml.ReadElementContentAsString();
                    break;
                case "NextKeyMarker":
                    keyMarker = xml.ReadElementContentAsString();
                    break;
                case "NextVersionIdMarker":
                    versionMarker = xml.ReadElementContentAsString();
                    break;
                default:
                    xml.Skip();
                    break;
            }
        }

        if (!truncated && token.Length + keyMarker.Length > 0)
        {
            throw new FormatException("it says where more follows, and that nothing does");
        }

        List<ListedObject> objects = [.. found.Select(raw =>
            raw.Listed with { Key = UrlText.Decode(raw.Key, encoded) })];
        return new ListPage(objects, truncated ? Next(token, keyMarker, versionMarker, encoded) : []);
    }

    private static List<KeyValuePair<string, string?>> Next(string token, string keyMarker, string versionMarker,
        bool encoded)
    {
        if (token.Length > 0)
        {
            return [new("continuation-token", token)];
        }

        if (keyMarker.Length == 0)
        {
            throw new FormatException("it says that more follows, and not where");
        }

        string key = System.Text.Encoding.UTF8.GetString(UrlText.Decode(keyMarker, encoded).Span);
        return versionMarker.Length > 0
            ? [new("key-marker", key), new("version-id-marker", versionMarker)] : [new("key-marker", key)];
    }

    private static RawObject ReadObject(XmlReader xml)
    {
        bool marker = xml.LocalName == "DeleteMarker";
        var listed = new ListedObject { Key = default, IsDeleteMarker = marker };
        string? key = null;
        if (xml.IsEmptyElement)
        {
            throw new FormatException("an object has no key");
        }

        int depth = xml.Depth + 1;
        xml.Read();
        while (xml.Depth >= depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                xml.Read();
                continue;
            }

            switch (xml.LocalName)
            {
                case "Key":
                    key = xml.ReadElementContentAsString();
                    break;
                case "Size":
                    listed = listed with { Size = Number(xml.ReadElementContentAsString()) };
                    break;
                case "ETag":
                    listed = listed with { ETag = xml.ReadElementContentAsString().Trim() };
                    break;
                case "LastModified":
                    listed = listed with { LastModified = Time(xml.ReadElementContentAsString()) };
                    break;
                case "StorageClass":
                    listed = listed with { StorageClass = xml.ReadElementContentAsString().Trim() };
                    break;
                case "ChecksumAlgorithm" or "ChecksumType":
                    string name = xml.ReadElementContentAsString().Trim();
                    listed = listed with { Checksums = listed.Checksums.Length == 0
                        ? name : $"{listed.Checksums},{name}" };
                    break;
                case "VersionId":
                    listed = listed with { VersionId = xml.ReadElementContentAsString().Trim() };
                    break;
                case "IsLatest":
                    listed = listed with { IsLatest = xml.ReadElementContentAsString().Trim() == "true" };
                    break;
                default:
                    xml.Skip();
                    break;
            }
        }

        return new RawObject(key is { Length: > 0 } ? key : throw new FormatException("an object has no key"), listed);
    }

    private static long Number(string text) => long.Parse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture);

    private static FileTime? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time)
            ? FileTime.From(time) : null;

    private readonly record struct RawObject(string Key, ListedObject Listed);
}
