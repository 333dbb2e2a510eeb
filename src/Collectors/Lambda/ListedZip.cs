using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Lambda;

/// <summary>What Lambda tells of a zip: <c>CodeSize</c> and <c>CodeSha256</c>, wherever they stand.</summary>
internal static class ListedZip
{
    private const int Sha256Size = 32;

    /// <summary>The zip file and its files, as two entries.</summary>
    /// <param name="zips">Fetches it; null: nothing does.</param>
    /// <param name="stem">Their path without an end: <c>us-east-1/booking-webhook/code</c>.</param>
    /// <param name="what">For messages.</param>
    /// <param name="json">What has the two members.</param>
    /// <param name="locateAsync">Asks for a URL, given what <c>CodeSha256</c> must be.</param>
    public static IReadOnlyList<SourceEntry> EntriesOf(
        HeldZips? zips, string stem, string what, JsonObject? json,
        Func<string, CancellationToken, Task<string>> locateAsync)
    {
        if (zips is null)
        {
            return Faults(stem, "there is nothing to fetch it with");
        }

        byte[] hash = new byte[Sha256Size];
        if (Text(json, "CodeSha256") is not { } sha256
            || !Convert.TryFromBase64String(sha256, hash, out int length) || length != Sha256Size)
        {
            return Faults(stem, $"Lambda does not tell the SHA-256 of {what}");
        }

        if (json?["CodeSize"] is not JsonValue value || value.GetValueKind() != JsonValueKind.Number
            || !long.TryParse(value.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            || size > HeldZips.MaxFiles)
        {
            return Faults(stem, $"Lambda tells no size of {what} up to {HeldZips.MaxFiles} bytes");
        }

        var zip = new RemoteZip(what, size, Convert.ToHexStringLower(hash), token => locateAsync(sha256, token));
        return
        [
            ZipFile.Of(new EntryPath(stem + ".zip"), zip, zips),
            ZipSubtree.Of(new EntryPath(stem + "/"), zip, zips),
        ];
    }

    /// <summary>The two entries, where nothing can be told of them.</summary>
    public static IReadOnlyList<SourceEntry> Faults(string stem, string message) =>
    [
        new SourceFault { Path = new EntryPath(stem + ".zip"), Kind = EntryKind.File, Message = message },
        new SourceFault { Path = new EntryPath(stem + "/"), Kind = EntryKind.Folder, Message = message },
    ];

    /// <summary>The URL that an answer gives out.</summary>
    /// <param name="what">For messages.</param>
    /// <param name="place">Has <c>Location</c>.</param>
    /// <param name="hash">Has <c>CodeSha256</c>.</param>
    /// <param name="sha256">What that must be.</param>
    /// <exception cref="IOException">It is another zip by now, or there is no URL.</exception>
    public static string Location(string what, JsonObject? place, JsonObject? hash, string sha256)
    {
        if (Text(hash, "CodeSha256") is { } now && now != sha256)
        {
            throw new IOException($"{what} changed after it was listed");
        }

        return Text(place, "Location") ?? throw new IOException($"Lambda names no place to fetch {what} from");
    }

    /// <summary>A member that is text; else null.</summary>
    public static string? Text(JsonObject? json, string member) =>
        json?[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
