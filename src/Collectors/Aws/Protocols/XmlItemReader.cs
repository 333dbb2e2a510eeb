using System.Xml;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>Reads an XML body that may be hostile: no document type, no entities of its own, bounded depth.</summary>
internal static class XmlItemReader
{
    /// <summary>Deepest nesting that is read; services stay below 20.</summary>
    public const int MaxDepth = 64;

    /// <summary>The root element; one without a name for an empty body.</summary>
    /// <exception cref="XmlException">Not well-formed, half a character, a document type, or too deep.</exception>
    public static XmlItem Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return new XmlItem("");
        }

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CheckCharacters = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), settings);
        var open = new Stack<XmlItem>();
        XmlItem? root = null;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    bool empty = reader.IsEmptyElement;
                    XmlItem item = Start(reader);
                    if (open.TryPeek(out XmlItem? parent))
                    {
                        parent.Children.Add(item);
                    }

                    root ??= item;
                    if (!empty)
                    {
                        Push(open, item);
                    }

                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA
                    or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace
                        when open.TryPeek(out XmlItem? around):
                    around.Append(Whole(reader.Value));
                    break;
            }
        }

        return root ?? throw new XmlException("There is no element.");
    }

    private static void Push(Stack<XmlItem> open, XmlItem item)
    {
        open.Push(item);
        if (open.Count > MaxDepth)
        {
            throw new XmlException($"Elements are nested deeper than {MaxDepth}.");
        }
    }

    private static XmlItem Start(XmlReader reader)
    {
        var item = new XmlItem(reader.LocalName);
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != "http://www.w3.org/2000/xmlns/")
            {
                item.Attributes.Add(new(reader.LocalName, Whole(reader.Value)));
            }
        }

        return item;
    }

    // A reference such as &#xD800; passes a reader that does not check characters, which control characters need.
    private static string Whole(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!char.IsSurrogatePair(text, i))
            {
                throw new XmlException($"There is half a character, U+{(int)text[i]:X4}.");
            }

            i++;
        }

        return text;
    }
}
