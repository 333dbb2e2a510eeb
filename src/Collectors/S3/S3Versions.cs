using System.Runtime.CompilerServices;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.S3.Listing;
using JadaStore.Collectors.S3.Reading;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3;

/// <summary>Captures what a bucket with versions keeps beside its objects: earlier versions, and delete
/// markers.</summary>
/// <remarks>
/// <para>The path of an entry is that of <see cref="VersionPath"/>. A version never changes, so that it is read once
/// and
/// a diff shows it when it is superseded. A delete marker is an empty file with the attribute
/// <c>header.x-amz-delete-marker</c>.</para>
/// <para>Memory: the versions of one key.</para>
/// </remarks>
public sealed class S3Versions : ICollector
{
    private readonly ObjectWalk _walk;

    /// <param name="access">The way there; shared by all buckets of one account.</param>
    /// <param name="options">Which bucket, and what of it.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>: an exclude file is missing.</exception>
    public S3Versions(AwsAccess access, S3BucketOptions options)
        : this(ObjectWalk.In(access, options, versions: true))
    {
    }

    internal S3Versions(ObjectWalk walk) => _walk = walk;

    /// <inheritdoc/>
    public string Root => "s3-versions/" + _walk.Bucket;

    /// <inheritdoc/>
    public IReadOnlyList<string> Excluded => _walk.Excluded;

    /// <inheritdoc/>
    public int ReadsAtOnce => _walk.ReadsAtOnce;

    /// <inheritdoc/>
    public IReadOnlyList<CoverageLine> Coverage => _walk.Coverage;

    /// <inheritdoc/>
    public SourceBreak? BrokeOff =>
        _walk.BrokeOff is { } broke ? broke with { After = VersionPath.Before(broke.After) } : null;

    /// <inheritdoc/>
    /// <exception cref="StoreException"><see cref="StoreFault.SourceUnreachable"/>: not even the first page of the
    /// listing could be had.</exception>
    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A listing has the versions of a key from the newest; the map wants them by their paths.
        var ofKey = new SortedDictionary<EntryPath, ListedObject>();
        EntryPath key = default;
        await foreach (ListedObject listed in _walk.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            if (listed.Key != key)
            {
                foreach (SourceEntry entry in Entries(ofKey))
                {
                    yield return entry;
                }

                ofKey.Clear();
                key = listed.Key;
            }

            if (!listed.IsLatest || listed.IsDeleteMarker)
            {
                ofKey[VersionPath.Of(listed.Key, listed.VersionId ?? "null")] = listed;
            }
        }

        foreach (SourceEntry entry in Entries(ofKey))
        {
            yield return entry;
        }
    }

    private IEnumerable<S3Object> Entries(SortedDictionary<EntryPath, ListedObject> versions) =>
        versions.Select(one => _walk.Entry(one.Key, one.Value));
}
