using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.S3.Config;

/// <summary>Fetches a document of a bucket as it is stored.</summary>
/// <param name="calls">S3.</param>
/// <param name="bucket">Whose.</param>
internal sealed class BucketDocumentReader(AwsCalls calls, string bucket)
{
    // Says who paid for the request, not how the bucket is configured.
    private const string Volatile = "RequestCharged";

    /// <summary>The document; null when the bucket has none.</summary>
    /// <exception cref="NotSupportedException">The server knows of no such thing.</exception>
    /// <exception cref="AwsException">It cannot be fetched.</exception>
    public async Task<JsonNode?> ReadAsync(BucketDocument document, CancellationToken cancellationToken)
    {
        JsonObject answer;
        try
        {
            answer = await calls.CallAllAsync(document.Get, new JsonObject { ["Bucket"] = bucket }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AwsException e) when (e.Code.Length > 0 && e.Code == document.AbsentCode)
        {
            return null;
        }
        catch (AwsException e) when (e.Status is 405 or 501 || e.Code is "NotImplemented" or "MethodNotAllowed")
        {
            throw new NotSupportedException(Unsupported(document), e);
        }

        if (IsListing(answer))
        {
            throw new NotSupportedException(Unsupported(document));
        }

        answer.Remove(Volatile);
        if (document.Text is { } member)
        {
            return answer[member] is { } text ? Parse(text.GetValue<string>()) : null;
        }

        if (document.Items is { } items)
        {
            return answer[items] is JsonArray { Count: > 0 } list ? new JsonObject { [items] = Sorted(list) } : null;
        }

        return answer.Count == 0 ? null : answer;
    }

    /// <summary>The bytes that are stored; a policy's members stay in the order in which they were written.</summary>
    public static byte[] Bytes(BucketDocument document, JsonNode value) => (document.Text, value) switch
    {
        (null, _) => CanonicalJson.Write(value),
        (_, JsonObject) => CanonicalJson.WriteInOrder(value),
        _ => System.Text.Encoding.UTF8.GetBytes(value.GetValue<string>()),
    };

    /// <summary>JSON, or the text as it is where it is none, or could not come back the same.</summary>
    public static JsonNode Parse(string text)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            return WholeJson.Parse(text, options) is JsonObject members ? members : JsonValue.Create(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static string Unsupported(BucketDocument document) => $"The server knows no {document.Name} of a bucket.";

    // What a server answers that passes over a `?name` that it does not know: the bucket's first objects.
    private static bool IsListing(JsonObject answer) =>
        IsListingItself(answer)
            || (answer.Count == 1 && answer.First().Value is JsonObject payload && IsListingItself(payload));

    private static bool IsListingItself(JsonObject answer) =>
        answer.ContainsKey("MaxKeys") && answer.ContainsKey("Name") && answer.ContainsKey("IsTruncated");

    private static JsonArray Sorted(JsonArray items) =>
    [
        .. items.OrderBy(item => (item as JsonObject)?["Id"]?.ToString() ?? "", CodePointOrder.Instance)
            .Select(item => item?.DeepClone()),
    ];
}
