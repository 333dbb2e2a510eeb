namespace JadaStore.Collectors.Tests.Servers;

/// <summary>What a request to S3, with the bucket in the path, is called.</summary>
internal static class S3Operation
{
    private static readonly string[] OfQueries = ["X-Amz-", "x-id=", "versionId="];

    /// <summary>
    /// AWS's name for those that move objects; for the others of a bucket or an object the method and what it is of:
    /// <c>GET Bucket?policy</c>.
    /// </summary>
    public static string Of(string method, string target, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        string[] halves = target.Split('?', 2);
        string path = halves[0].TrimStart('/');
        string[] query = halves.Length == 1 ? [] : halves[1].Split('&', StringSplitOptions.RemoveEmptyEntries);
        string? Sub(string name) =>
            query.FirstOrDefault(item => item == name || item.StartsWith(name + "=", StringComparison.Ordinal));

        if (path.Length == 0)
        {
            return method == "GET" ? "ListBuckets" : $"{method} Service";
        }

        // A slash that only ends the bucket's name begins no key.
        if (path.IndexOf('/', StringComparison.Ordinal) is var slash && (slash < 0 || slash == path.Length - 1))
        {
            return method switch
            {
                "GET" when Sub("list-type") is not null => "ListObjectsV2",
                "GET" when Sub("versions") is not null => "ListObjectVersions",
                "GET" when Sub("uploads") is not null => "ListMultipartUploads",
                "GET" when Sub("location") is not null => "GetBucketLocation",
                "GET" when query.All(IsOfLists) => "ListObjects",
                "POST" when Sub("delete") is not null => "DeleteObjects",
                "PUT" when query.Length == 0 => "CreateBucket",
                "DELETE" when query.Length == 0 => "DeleteBucket",
                "HEAD" => "HeadBucket",
                _ => $"{method} Bucket?{query.FirstOrDefault()?.Split('=')[0]}",
            };
        }

        bool copies = headers.Any(header => header.Key.Equals("x-amz-copy-source", StringComparison.OrdinalIgnoreCase));
        return method switch
        {
            "GET" when Sub("tagging") is not null => "GetObjectTagging",
            "PUT" when Sub("tagging") is not null => "PutObjectTagging",
            "DELETE" when Sub("tagging") is not null => "DeleteObjectTagging",
            "GET" when Sub("uploadId") is not null => "ListParts",
            "POST" when Sub("uploads") is not null => "CreateMultipartUpload",
            "PUT" when Sub("uploadId") is not null => copies ? "UploadPartCopy" : "UploadPart",
            "POST" when Sub("uploadId") is not null => "CompleteMultipartUpload",
            "DELETE" when Sub("uploadId") is not null => "AbortMultipartUpload",
            "GET" when query.All(IsOfObjects) => "GetObject",
            "HEAD" => "HeadObject",
            "PUT" when query.All(IsOfObjects) => copies ? "CopyObject" : "PutObject",
            "DELETE" when query.All(IsOfObjects) => "DeleteObject",
            _ => $"{method} Object?{query.FirstOrDefault()?.Split('=')[0]}",
        };
    }

    private static bool IsOfLists(string item) =>
        item.Split('=')[0] is "prefix" or "delimiter" or "marker" or "max-keys" or "encoding-type";

    private static bool IsOfObjects(string item) =>
        OfQueries.Any(known => item.StartsWith(known, StringComparison.OrdinalIgnoreCase))
        || item.StartsWith("partNumber=", StringComparison.Ordinal)
        || item.StartsWith("response-", StringComparison.Ordinal);
}
