using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Collectors.Aws.Services.Rows;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>Makes the bytes of a document from an answer, by its row.</summary>
internal static class DocumentForm
{
    /// <summary>The bytes; null where the item has no such document.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="answer">The answer, or the item; not changed.</param>
    /// <param name="scope">For what varies in <see cref="DocumentRow.Take"/>.</param>
    /// <exception cref="InvalidDataException">The answer is not what its model says.</exception>
    public static byte[]? Bytes(DocumentRow row, JsonNode answer, ItemScope scope)
    {
        JsonNode? stored = row.Take is null ? answer : row.Take.First(answer, scope);
        if (stored is null || (row.Needs is { } needs && !JsonText.IsThere(needs.First(stored))))
        {
            return null;
        }

        if (row.Raw is { } raw)
        {
            return JsonText.Of(raw.First(stored)) is { } text ? RawBytes(text, row.IsBlob) : null;
        }

        return row.Text is { } bare ? BareBytes(bare.First(stored)) : JsonBytes(row, stored.DeepClone());
    }

    private static byte[] RawBytes(string text, bool isBlob)
    {
        if (!isBlob)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException("what should be bytes is no base64", e);
        }
    }

    // A document that a person wrote stays in its order; whatever is no JSON stays as it is.
    private static byte[]? BareBytes(JsonNode? member) => JsonText.Of(member) switch
    {
        null or "" => null,
        { } text when JsonText.Parse(text) is { } parsed => CanonicalJson.WriteInOrder(parsed),
        { } text => Encoding.UTF8.GetBytes(text),
    };

    private static byte[]? JsonBytes(DocumentRow row, JsonNode document)
    {
        foreach (MemberPath path in row.Drop)
        {
            path.Remove(document);
        }

        foreach (MemberPath path in row.Json)
        {
            path.Replace(document, text => JsonText.Of(text) is { } json ? JsonText.Parse(json) : null);
        }

        foreach (ListOrder order in row.Sets)
        {
            order.List.Replace(document, list => list is JsonArray items ? Sorted(items, order.By) : null);
        }

        return JsonText.IsThere(document) ? CanonicalJson.Write(document) : null;
    }

    private static JsonArray Sorted(JsonArray items, MemberPath? by) =>
    [
        .. items.Select(item => (
                Key: by is null ? "" : JsonText.Of(by.First(item)) ?? "",
                Text: Encoding.UTF8.GetString(CanonicalJson.Write(item)),
                Item: item?.DeepClone()))
            .OrderBy(item => item.Key, CodePointOrder.Instance)
            .ThenBy(item => item.Text, CodePointOrder.Instance)
            .Select(item => item.Item),
    ];
}
