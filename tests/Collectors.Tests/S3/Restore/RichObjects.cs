using System.Text.Json.Nodes;
using JadaStore.Collectors.Tests.Servers;

namespace JadaStore.Collectors.Tests.S3.Restore;

/// <summary>Objects that have all that S3 can give one, and what was asked of a server.</summary>
internal static class RichObjects
{
    public static string Shown(FaultProxy proxy) =>
        string.Join(
            ' ', proxy.Counts.OrderBy(count => count.Key, StringComparer.Ordinal)
                .Select(count => $"{count.Key}={count.Value}"));

    public static async Task PutPartsAsync(S3Calls calls, string bucket, string key, int part)
    {
        JsonObject At(params (string Name, JsonNode Value)[] more)
        {
            var all = new JsonObject { ["Bucket"] = bucket, ["Key"] = key };
            foreach ((string name, JsonNode value) in more)
            {
                all[name] = value;
            }

            return all;
        }

        JsonObject made = await calls.CallAsync(
            "CreateMultipartUpload", At(("ContentType", "text/css"), ("Metadata", new JsonObject { ["m"] = "n" })));
        string id = (string)made["UploadId"]!;
        var parts = new JsonArray();
        foreach ((int number, int length) in new[] { (1, part), (2, part), (3, 12_345) })
        {
            JsonObject sent = await calls.CallAsync(
                "UploadPart", At(("UploadId", id), ("PartNumber", number), ("Body", S3Calls.Bytes(number, length))));
            parts.Add(new JsonObject { ["PartNumber"] = number, ["ETag"] = (string)sent["ETag"]! });
        }

        await calls.CallAsync(
            "CompleteMultipartUpload", At(("UploadId", id), ("MultipartUpload", new JsonObject { ["Parts"] = parts })));
        var tag = new JsonObject { ["Key"] = "t", ["Value"] = "a b" };
        await calls.CallAsync("PutObjectTagging", At(("Tagging", new JsonObject { ["TagSet"] = new JsonArray(tag) })));
    }

    /// <summary>An object with all that one request can give it.</summary>
    public static JsonObject Rich(string bucket, string key, int number) => new()
    {
        ["Bucket"] = bucket,
        ["Key"] = key,
        ["Body"] = S3Calls.Bytes(number, number * 10),
        ["ContentType"] = "text/html; charset=utf-8",
        ["CacheControl"] = $"max-age={number}",
        ["ContentEncoding"] = "identity",
        ["ContentDisposition"] = "attachment; filename=\"x.html\"",
        ["ContentLanguage"] = "de-AT",
        ["Expires"] = "2030-01-02T03:04:05Z",
        ["WebsiteRedirectLocation"] = "/elsewhere",
        ["Metadata"] = new JsonObject { ["number"] = $"{number}", ["with-dash"] = "a  b" },
        ["Tagging"] = $"number={number}&a%20b=c%2Bd",
    };
}
