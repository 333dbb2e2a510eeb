using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Listing;

/// <summary>The path of one version: its key, a NUL, its version id; a NUL within a key is followed by 0xFF.</summary>
/// <remarks>
/// No two versions have one path, and paths sort as keys do, all versions of a key together, since NUL is the smallest
/// byte and no version id begins with 0xFF. A person reads and types <c>index.html\x003HL4kqtJ</c>.
/// </remarks>
internal static class VersionPath
{
    /// <summary>The path.</summary>
    public static EntryPath Of(EntryPath key, string versionId) =>
        Before(key).Append([0, .. Encoding.UTF8.GetBytes(versionId)]);

    /// <summary>What sorts before every version of the key, and behind every version of the keys before it.</summary>
    public static EntryPath Before(EntryPath key)
    {
        if (!key.Span.Contains((byte)0))
        {
            return key;
        }

        var bytes = new List<byte>(key.Length + 1);
        foreach (byte one in key.Span)
        {
            bytes.Add(one);
            if (one == 0)
            {
                bytes.Add(0xFF);
            }
        }

        return new EntryPath([.. bytes]);
    }
}
