using System.Runtime.CompilerServices;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Listing;
using JadaStore.Collectors.S3.Reading;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3;

/// <summary>Captures the objects of a bucket: content, headers, user metadata, tags.</summary>
/// <remarks>
/// <para>The path of an entry is the object's key, whatever it holds; each is a file, also where the key ends in
/// <c>/</c>. There are no folders.</para>
/// <para>What a listing shows to be the same (size, ETag, time, storage class, checksums) is not asked for; what is not
/// costs one request, and one more where it has tags. A change of tags, metadata in place or locks alone does not show
/// in a
/// listing.</para>
/// </remarks>
public sealed class S3Bucket : ICollector
{
    private readonly IAwsTransport _transport;
    private readonly string _place;
    private readonly S3BucketOptions _options;
    private readonly KeyRules _rules;

    /// <param name="access">The way there; shared by all buckets of one account.</param>
    /// <param name="options">Which bucket, and what of it.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>: an exclude file is missing.</exception>
    public S3Bucket(AwsAccess access, S3BucketOptions options)
        : this(access.S3, access.S3Place, access.Options.InFlight, options)
    {
    }

    internal S3Bucket(IAwsTransport transport, string place, int readsAtOnce, S3BucketOptions options)
    {
        _transport = transport;
        _place = place;
        ReadsAtOnce = readsAtOnce;
        _options = options;
        _rules = new KeyRules(options.Exclude, options.ExcludeFiles);
    }

    /// <inheritdoc/>
    public string Root => "s3/" + _options.Bucket;

    /// <inheritdoc/>
    public IReadOnlyList<string> Excluded =>
    [
        .. _options.Prefix.Length > 0 ? [$"keys that do not begin with {_options.Prefix}"] : (ReadOnlySpan<string>)[],
        .. _options.Exclude.Select(pattern => "--exclude " + pattern),
        .. _options.ExcludeFiles.Select(file => "--exclude-file " + file),
    ];

    /// <inheritdoc/>
    public int ReadsAtOnce { get; }

    /// <inheritdoc/>
    public SourceBreak? BrokeOff { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="StoreException"><see cref="StoreFault.SourceUnreachable"/>: not even the first page of the
    /// listing
    /// could be had.</exception>
    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BrokeOff = null;
        EntryPath last = default;
        var listing = new BucketListing(_transport, _options.Bucket, _options.Prefix, versions: false);
        IAsyncEnumerator<ListedObject> objects =
            listing.RunAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (objects.ConfigureAwait(false))
        {
            while (await NextAsync(objects, last).ConfigureAwait(false))
            {
                ListedObject listed = objects.Current;
                last = listed.Key;
                if (!_rules.Excludes(listed.Key))
                {
                    yield return new S3Object
                    {
                        Path = listed.Key,
                        Kind = EntryKind.File,
                        Size = listed.Size,
                        ModifiedTime = listed.LastModified,
                        Fingerprint = S3Object.FingerprintOf(listed),
                        Version = new ObjectVersion(_transport, _options.Bucket, listed),
                    };
                }
            }
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<ListedObject> objects, EntryPath last)
    {
        try
        {
            return await objects.MoveNextAsync().ConfigureAwait(false);
        }
        catch (IOException e) when (last.Length > 0)
        {
            BrokeOff = new SourceBreak(last, $"the listing broke off after {last}: {e.Message}");
            return false;
        }
        catch (IOException e)
        {
            throw Unreachable.Of(e, _options.Bucket, _place);
        }
    }
}
