using System.Security.Cryptography;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>In how many requests an object is uploaded: as it once was where that is known, for then its ETag comes out
/// equal.</summary>
internal static class UploadShape
{
    /// <summary>Content up to this is one request unless it is known that it was not: 8 MiB.</summary>
    public const long OneRequest = 8 * MiB;

    /// <summary>Content up to this is held whole where its ETag says how it was uploaded: 64 MiB.</summary>
    public const long MostHeld = 64 * MiB;

    private const long MiB = 1024 * 1024;
    private const long LeastPart = 16 * MiB;
    private const int MostParts = 10_000;

    // What programs use, the commonest first: aws (8), AWS's own SDKs (5, 8, 16), s3cmd (15), rclone (5), browsers.
    private static readonly long[] Usual =
    [
        8 * MiB, 5 * MiB, 16 * MiB, 15 * MiB, 10 * MiB, 32 * MiB, 64 * MiB, 128 * MiB, 20 * MiB, 25 * MiB, 50 * MiB,
        100 * MiB, 5_000_000, 8_000_000, 10_000_000,
    ];

    /// <summary>Whether the content is held whole before anything is sent.</summary>
    public static bool IsHeld(Entry entry)
    {
        CapturedETag etag = CapturedETag.Of(entry);
        bool isKnown = etag.Parts > 0 || CapturedETag.IsHash(etag.Text);
        return entry.Size <= (isKnown ? MostHeld : OneRequest);
    }

    /// <summary>The size of the parts that content in memory is uploaded in; 0: in one request.</summary>
    /// <remarks>
    /// The usual size, or the whole number of mebibytes, that gives the ETag; else the first that gives as many parts.
    /// </remarks>
    public static long PartSize(Entry entry, ReadOnlySpan<byte> content)
    {
        CapturedETag etag = CapturedETag.Of(entry);
        if (etag.Parts == 0)
        {
            return 0;
        }

        List<long> possible = Possible(entry.Size, etag.Parts);
        long least = RoundUp((entry.Size + etag.Parts - 1) / etag.Parts);
        for (long size = least; size <= MostHeld && Parts(entry.Size, size) == etag.Parts; size += MiB)
        {
            possible.Add(size);
        }

        foreach (long size in possible)
        {
            if (etag.Parts == 1 || ETag(content, size) == etag.Text)
            {
                return size;
            }
        }

        return possible.Count > 0 ? possible[0] : Math.Max(1, (entry.Size + etag.Parts - 1) / etag.Parts);
    }

    /// <summary>The size of the parts that content is uploaded in which is not held.</summary>
    public static long PartSize(Entry entry)
    {
        CapturedETag etag = CapturedETag.Of(entry);
        List<long> possible = etag.Parts > 0 ? Possible(entry.Size, etag.Parts) : [];
        return possible.Count > 0 ? possible[0]
            : Math.Max(LeastPart, RoundUp((entry.Size + MostParts - 1) / MostParts));
    }

    /// <summary>The ETag of an object that was uploaded in parts.</summary>
    public static string ETag(IReadOnlyCollection<byte[]> md5s)
    {
        byte[] all = CryptographicOperations.HashData(HashAlgorithmName.MD5, md5s.SelectMany(md5 => md5).ToArray());
        return $"{Convert.ToHexStringLower(all)}-{md5s.Count}";
    }

    private static string ETag(ReadOnlySpan<byte> content, long size)
    {
        var md5s = new List<byte[]>();
        for (int at = 0; at == 0 || at < content.Length; at += (int)size)
        {
            int end = (int)Math.Min(content.Length, at + size);
            md5s.Add(CryptographicOperations.HashData(HashAlgorithmName.MD5, content[at..end]));
        }

        return ETag(md5s);
    }

    private static List<long> Possible(long size, int parts) =>
        [.. Usual.Where(part => Parts(size, part) == parts)];

    private static long Parts(long size, long part) => Math.Max(1, (size + part - 1) / part);

    private static long RoundUp(long size) => Math.Max(1, (size + MiB - 1) / MiB) * MiB;
}
