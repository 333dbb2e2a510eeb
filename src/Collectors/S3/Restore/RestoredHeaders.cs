using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Reading;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>The headers and tags of a captured object as a request sends them.</summary>
internal sealed class RestoredHeaders
{
    private const string LockMode = "x-amz-object-lock-mode", LockUntil = "x-amz-object-lock-retain-until-date";
    private const string Metadata = "x-amz-meta-";

    // What a bucket gives by itself where the object says nothing.
    private static readonly FrozenSet<string> GivenByBucket = FrozenSet.ToFrozenSet(
    [
        "content-type", "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id",
        "x-amz-server-side-encryption-bucket-key-enabled", LockMode, LockUntil, "x-amz-object-lock-legal-hold",
    ],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> Others = FrozenSet.ToFrozenSet(
    [
        "cache-control", "content-disposition", "content-encoding", "content-language", "expires",
        "x-amz-storage-class", "x-amz-website-redirect-location",
    ],
        StringComparer.Ordinal);

    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    private RestoredHeaders(IReadOnlyList<NamedValue> tags, bool areTagsKnown) =>
        (Tags, AreTagsKnown) = (tags, areTagsKnown);

    /// <summary>
    /// Whether the tags are all that there were: false where they could not be read at the time, so that those of what
    /// stands in the bucket must stay.
    /// </summary>
    public bool AreTagsKnown { get; }

    /// <summary>Called when an object was written anew.</summary>
    /// <exception cref="IOException">Its tags are not known, so it is there without them.</exception>
    public void RequireTags()
    {
        if (!AreTagsKnown)
        {
            throw new IOException("it was restored, but without its tags: they could not be read when it was captured");
        }
    }

    /// <summary>Names and values, as they are sent, without the tags.</summary>
    public IEnumerable<KeyValuePair<string, string>> All => _values;

    /// <summary>The tags as attributes, sorted.</summary>
    public IReadOnlyList<NamedValue> Tags { get; }

    /// <summary>The value of <c>x-amz-tagging</c>; null without tags.</summary>
    public string? Tagging => Tags.Count == 0 ? null : string.Join(
        '&', Tags.Select(tag => PercentEncoding.Encode(tag.Name[ObjectTags.Family.Length..])
            + "=" + PercentEncoding.Encode(tag.Value, keepSlash: false)));

    /// <summary>All, with the tags: what is sent with an object.</summary>
    public List<KeyValuePair<string, string>> WithTags() =>
        Tagging is { } tagging ? [.. _values, new("x-amz-tagging", tagging)] : [.. _values];

    /// <summary>Whether an object that has the others needs nothing: what the bucket gives by itself is no
    /// difference.</summary>
    public bool Are(RestoredHeaders others) =>
        _values.Keys.Union(others._values.Keys).All(name =>
            _values.GetValueOrDefault(name) is var wanted
            && ((wanted is null && GivenByBucket.Contains(name))
                || Plain(wanted) == Plain(others._values.GetValueOrDefault(name))));

    /// <summary>Those of an entry.</summary>
    /// <param name="entry">Hostile.</param>
    /// <param name="now">Locks that ran out are left out: S3 refuses them.</param>
    /// <exception cref="IOException">One cannot be sent.</exception>
    public static RestoredHeaders Of(Entry entry, DateTimeOffset now)
    {
        NamedValue[] tags =
            [.. entry.Attributes.Where(one => one.Name.StartsWith(ObjectTags.Family, StringComparison.Ordinal))];
        bool areTagsKnown = tags.Length > 0 || Value(entry, "x-amz-tagging-count") is null or "0";
        var headers = new RestoredHeaders(tags, areTagsKnown);
        bool isObject = false;
        foreach (NamedValue attribute in entry.Attributes)
        {
            if (!attribute.Name.StartsWith(ObjectHeaders.Family, StringComparison.Ordinal))
            {
                continue;
            }

            isObject = true;
            string name = attribute.Name[ObjectHeaders.Family.Length..];
            if (GivenByBucket.Contains(name) || Others.Contains(name)
                || name.StartsWith(Metadata, StringComparison.Ordinal))
            {
                string value = Encoding.Latin1.GetString(attribute.Value);
                headers._values[name] = IsToken(name) && !value.AsSpan().ContainsAny('\r', '\n', '\0')
                    ? value : throw new IOException($"its header {name} cannot be sent");
            }
        }

        if (headers._values.GetValueOrDefault(LockUntil) is { } until
            && (!DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, out DateTimeOffset time) || time <= now))
        {
            headers._values.Remove(LockUntil);
            headers._values.Remove(LockMode);
        }

        // A file of a folder.
        if (!isObject && ContentTypes.Of(entry.Path) is { } type)
        {
            headers._values["content-type"] = type;
        }

        return headers;
    }

    /// <summary>A header of a captured object; null where it has none.</summary>
    /// <param name="entry">The object.</param>
    /// <param name="name">In lower case.</param>
    public static string? Value(Entry entry, string name)
    {
        foreach (NamedValue attribute in entry.Attributes)
        {
            if (attribute.Name.Length == ObjectHeaders.Family.Length + name.Length
                && attribute.Name.StartsWith(ObjectHeaders.Family, StringComparison.Ordinal)
                && attribute.Name.EndsWith(name, StringComparison.Ordinal))
            {
                return Encoding.Latin1.GetString(attribute.Value);
            }
        }

        return null;
    }

    private static bool IsToken(string name) =>
        name.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter));

    // STANDARD is what there is when nothing is said.
    private static string? Plain(string? value) => value == "STANDARD" ? null : value;
}
