using System.Runtime.CompilerServices;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.S3.Listing;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3;

/// <summary>Captures the objects of a bucket: content, headers, user metadata, tags.</summary>
/// <remarks>
/// <para>The path of an entry is the object's key, whatever it holds; each is a file, also where the key ends in
/// <c>/</c>. There are no folders.</para>
/// <para>What a listing shows to be the same (size, ETag, time, storage class, checksums) is not asked for; what is not
/// costs one request, and one more where it has tags. A change of tags, metadata in place or locks alone does not show
/// in a listing.</para>
/// </remarks>
public sealed class S3Bucket : ICollector
{
    private readonly ObjectWalk _walk;

    /// <param name="access">The way there; shared by all buckets of one account.</param>
    /// <param name="options">Which bucket, and what of it.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>: an exclude file is missing.</exception>
    public S3Bucket(AwsAccess access, S3BucketOptions options)
        : this(ObjectWalk.In(access, options, versions: false))
    {
    }

    internal S3Bucket(ObjectWalk walk) => _walk = walk;

    /// <inheritdoc/>
    public string Root => "s3/" + _walk.Bucket;

    /// <inheritdoc/>
    public IReadOnlyList<string> Excluded => _walk.Excluded;

    /// <inheritdoc/>
    public int ReadsAtOnce => _walk.ReadsAtOnce;

    /// <inheritdoc/>
    public IReadOnlyList<CoverageLine> Coverage => _walk.Coverage;

    /// <inheritdoc/>
    public SourceBreak? BrokeOff => _walk.BrokeOff;

    /// <inheritdoc/>
    /// <exception cref="StoreException"><see cref="StoreFault.SourceUnreachable"/>: not even the first page of the
    /// listing could be had.</exception>
    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ListedObject listed in _walk.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return _walk.Entry(listed.Key, listed);
        }
    }
}
