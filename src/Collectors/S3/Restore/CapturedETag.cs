using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>What the ETag of a captured object says of its content and of how it was uploaded.</summary>
/// <param name="Text">Without quotes; empty where there is none.</param>
/// <param name="Parts">How many parts it was uploaded in; 0: by one request, or not known.</param>
/// <param name="IsMd5">Whether it is the MD5 of the content.</param>
internal readonly record struct CapturedETag(string Text, int Parts, bool IsMd5)
{
    private const int MostParts = 10_000;

    /// <summary>That of an entry, which may have none.</summary>
    public static CapturedETag Of(Entry entry)
    {
        string text = RestoredHeaders.Value(entry, "etag")?.Trim('"') ?? "";
        if (IsHash(text))
        {
            return new CapturedETag(text, 0, !IsSealed(RestoredHeaders.Value(entry, "x-amz-server-side-encryption"))
                && RestoredHeaders.Value(entry, "x-amz-server-side-encryption-customer-algorithm") is null);
        }

        return text.Length > 33 && text[32] == '-' && IsHash(text[..32])
            && int.TryParse(text.AsSpan(33), System.Globalization.NumberStyles.None, null, out int parts)
            && parts is > 0 and <= MostParts
            ? new CapturedETag(text, parts, false) : new CapturedETag(text, 0, false);
    }

    /// <summary>Whether it has the form of an MD5.</summary>
    public static bool IsHash(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigit);

    /// <summary>Whether a key of KMS seals what has this header, so that its ETag is no MD5.</summary>
    public static bool IsSealed(string? encryption) =>
        encryption?.StartsWith("aws:kms", StringComparison.Ordinal) ?? false;
}
