using System.Collections.Frozen;
using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>What browsers must be told of the files of a web site that come from a folder, which knows no
/// types.</summary>
internal static class ContentTypes
{
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["html"] = "text/html",
        ["htm"] = "text/html",
        ["css"] = "text/css",
        ["js"] = "text/javascript",
        ["mjs"] = "text/javascript",
        ["json"] = "application/json",
        ["map"] = "application/json",
        ["webmanifest"] = "application/manifest+json",
        ["xml"] = "application/xml",
        ["txt"] = "text/plain",
        ["md"] = "text/markdown",
        ["csv"] = "text/csv",
        ["ics"] = "text/calendar",
        ["png"] = "image/png",
        ["jpg"] = "image/jpeg",
        ["jpeg"] = "image/jpeg",
        ["gif"] = "image/gif",
        ["webp"] = "image/webp",
        ["avif"] = "image/avif",
        ["svg"] = "image/svg+xml",
        ["ico"] = "image/x-icon",
        ["woff"] = "font/woff",
        ["woff2"] = "font/woff2",
        ["ttf"] = "font/ttf",
        ["otf"] = "font/otf",
        ["mp3"] = "audio/mpeg",
        ["mp4"] = "video/mp4",
        ["webm"] = "video/webm",
        ["pdf"] = "application/pdf",
        ["wasm"] = "application/wasm",
        ["zip"] = "application/zip",
        ["gz"] = "application/gzip",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>By the name's extension; null where that is not known.</summary>
    public static string? Of(EntryPath path)
    {
        ReadOnlySpan<byte> name = path.Span[(path.Span.LastIndexOf((byte)'/') + 1)..];
        int dot = name.LastIndexOf((byte)'.');
        return dot < 0 ? null : Known.GetValueOrDefault(Encoding.Latin1.GetString(name[(dot + 1)..]));
    }
}
