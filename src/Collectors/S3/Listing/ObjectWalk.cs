using System.Runtime.CompilerServices;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Listing;

/// <summary>Walks what the options ask for of a bucket, as far as its listing goes.</summary>
/// <param name="transport">S3.</param>
/// <param name="place">Where that is, for messages.</param>
/// <param name="options">Which bucket, and what of it.</param>
/// <param name="versions">Whether every version is listed, or only what each key has now.</param>
internal sealed class ObjectWalk(IAwsTransport transport, string place, S3BucketOptions options, bool versions)
{
    private readonly KeyRules _rules = new(options.Exclude, options.ExcludeFiles);

    /// <summary>What is left out by rule, a line each.</summary>
    public IReadOnlyList<string> Excluded =>
    [
        .. options.Prefix.Length > 0 ? [$"keys that do not begin with {options.Prefix}"] : (ReadOnlySpan<string>)[],
        .. options.Exclude.Select(pattern => "--exclude " + pattern),
        .. options.ExcludeFiles.Select(file => "--exclude-file " + file),
    ];

    /// <summary>Where the last walk broke off, by its key; null when it came to its end.</summary>
    public SourceBreak? BrokeOff { get; private set; }

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
