using System.Runtime.CompilerServices;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Reading;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Listing;

/// <summary>Walks what the options ask for of a bucket, as far as its listing goes.</summary>
/// <param name="transport">S3.</param>
/// <param name="place">Where that is, for messages.</param>
/// <param name="readsAtOnce">How many objects are best read at once.</param>
/// <param name="options">Which bucket, and what of it.</param>
/// <param name="versions">Whether every version is listed, or only what each key has now.</param>
internal sealed class ObjectWalk(
    IAwsTransport transport, string place, int readsAtOnce, S3BucketOptions options, bool versions)
{
    private readonly TagAccess _tags = new();
    private readonly KeyRules _rules = new(options.Exclude, options.ExcludeFiles);

    /// <summary>The bucket's name.</summary>
    public string Bucket => options.Bucket;

    /// <summary>How many objects are best read at once.</summary>
    public int ReadsAtOnce => readsAtOnce;

    /// <summary>What of the objects that were read cannot be had.</summary>
    public IReadOnlyList<CoverageLine> Coverage => _tags.Coverage;

    /// <summary>What is left out by rule, a line each.</summary>
    public IReadOnlyList<string> Excluded =>
    [
        .. options.Prefix.Length > 0 ? [$"keys that do not begin with {options.Prefix}"] : (ReadOnlySpan<string>)[],
        .. options.Exclude.Select(pattern => "--exclude " + pattern),
        .. options.ExcludeFiles.Select(file => "--exclude-file " + file),
    ];

    /// <summary>Where the last walk broke off, by its key; null when it came to its end.</summary>
    public SourceBreak? BrokeOff { get; private set; }

    /// <summary>The walk of a bucket of that account.</summary>
    public static ObjectWalk In(AwsAccess access, S3BucketOptions options, bool versions) =>
        new(access.S3, access.S3Place, access.Options.InLane, options, versions);

    /// <summary>What was listed, as an entry of that path.</summary>
    public S3Object Entry(EntryPath path, ListedObject listed) =>
        S3Object.Of(path, new ObjectVersion(transport, options.Bucket, listed), _tags);

    /// <summary>Walks once.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.SourceUnreachable"/>: not even the first page of the
    /// listing could be had.</exception>
    public async IAsyncEnumerable<ListedObject> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BrokeOff = null;
        EntryPath last = default;
        var listing = new BucketListing(transport, options.Bucket, options.Prefix, versions);
        IAsyncEnumerator<ListedObject> objects =
            listing.RunAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (objects.ConfigureAwait(false))
        {
            while (await NextAsync(objects, last).ConfigureAwait(false))
            {
                last = objects.Current.Key;
                if (!_rules.Excludes(last))
                {
                    yield return objects.Current;
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
            throw Unreachable.Of(e, options.Bucket, place);
        }
    }
}
