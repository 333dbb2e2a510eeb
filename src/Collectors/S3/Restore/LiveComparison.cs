using JadaStore.Collectors.S3.Listing;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>Compares an object that was listed with an entry.</summary>
/// <remarks>
/// Equal size and ETag are equal content. ETags that need not be equal for equal content (of parts, of what KMS sealed,
/// none at all) are no proof of a difference: then strong checksums are asked for, and without those the content counts
/// as another, so that it is written again rather than taken on trust.
/// </remarks>
/// <param name="headers">Whether headers and tags are compared.</param>
/// <param name="time">The clock, by which locks run out.</param>
internal sealed class LiveComparison(bool headers, TimeProvider time)
{
    private static readonly string[] Strong =
        ["x-amz-checksum-sha256", "x-amz-checksum-sha1", "x-amz-checksum-crc64nvme"];

    /// <summary>What stands there.</summary>
    /// <exception cref="IOException">It cannot be told.</exception>
    public async ValueTask<TargetState> CompareAsync(
        TargetObject place, ListedObject listed, Entry entry, CancellationToken cancellationToken)
    {
        CapturedETag captured = CapturedETag.Of(entry);
        if (listed.Size != entry.Size)
        {
            return TargetState.Differs;
        }

        string live = listed.ETag.Trim('"');
        bool same = captured.Text.Length > 0 && live == captured.Text;
        if (!same && captured.IsMd5 && CapturedETag.IsHash(live))
        {
            return TargetState.Differs;
        }

        if (same && !headers)
        {
            return TargetState.Same;
        }

        if (await place.HeadAsync(cancellationToken).ConfigureAwait(false) is not { } head)
        {
            return TargetState.Absent;
        }

        var found = new Entry { Path = entry.Path, Kind = EntryKind.File, Attributes = head };
        if (!same && !Array.Exists(Strong, name => Value(entry, name) is { } wanted && wanted == Value(found, name)))
        {
            return TargetState.Differs;
        }

        if (!headers || await AreSameAsync(place, entry, found, cancellationToken).ConfigureAwait(false))
        {
            return TargetState.Same;
        }

        // A copy onto itself would join the parts, and with them give another ETag.
        return captured.IsMd5 && CapturedETag.IsHash(live) && entry.Size <= TargetObject.MostCopied
            ? TargetState.AttributesDiffer : TargetState.Differs;
    }

    private async ValueTask<bool> AreSameAsync(
        TargetObject place, Entry entry, Entry found, CancellationToken cancellationToken)
    {
        RestoredHeaders wanted = RestoredHeaders.Of(entry, time.GetUtcNow());
        if (!wanted.Are(RestoredHeaders.Of(found, time.GetUtcNow())))
        {
            return false;
        }

        bool hasTags = Value(found, "x-amz-tagging-count") is not (null or "0");
        if (!wanted.AreTagsKnown || (wanted.Tags.Count == 0 && !hasTags))
        {
            return true;
        }

        IReadOnlyList<NamedValue> tags = await place.TagsAsync(cancellationToken).ConfigureAwait(false);
        return tags.Count == wanted.Tags.Count
            && tags.Zip(wanted.Tags).All(pair => pair.First.Name == pair.Second.Name
                && pair.First.Value.AsSpan().SequenceEqual(pair.Second.Value));
    }

    private static string? Value(Entry entry, string name) => RestoredHeaders.Value(entry, name);
}
