using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Listing;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>What stands in the bucket: listings that are read in step with what is restored.</summary>
/// <remarks>Memory: two pages, and what was foreseen and not taken yet.</remarks>
/// <param name="transport">S3.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="prefix">What its keys begin with, in front of paths.</param>
/// <param name="unreachable">Makes a failure of a listing one that ends the restore.</param>
internal sealed class LiveObjects(
    IAwsTransport transport, string bucket, EntryPath prefix, Func<IOException, StoreException> unreachable)
    : IAsyncDisposable
{
    private readonly ConcurrentDictionary<EntryPath, ListedObject?> _foreseen = new();
    private IAsyncEnumerator<ListedObject>? _cursor;
    private ListedObject? _current;
    private EntryPath _range;

    /// <summary>Looks up one path; called in path order within a range, by one caller at a time.</summary>
    /// <exception cref="StoreException">The bucket cannot be listed.</exception>
    public async ValueTask ForeseeAsync(EntryPath range, EntryPath path, CancellationToken cancellationToken)
    {
        if (_cursor is null || _range != range)
        {
            await DisposeAsync().ConfigureAwait(false);
            _range = range;
            _cursor = ListAsync(range, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await StepAsync().ConfigureAwait(false);
        }

        EntryPath key = prefix.Append(path.Span);
        while (_current is { } before && before.Key < key)
        {
            await StepAsync().ConfigureAwait(false);
        }

        _foreseen[path] = _current is { } found && found.Key == key ? found : null;
    }

    /// <summary>What stands at the path; null where nothing does. The first call for a path that was foreseen is
    /// free.</summary>
    public async ValueTask<ListedObject?> TakeAsync(EntryPath path, CancellationToken cancellationToken)
    {
        if (_foreseen.TryRemove(path, out ListedObject? listed))
        {
            return listed;
        }

        EntryPath key = prefix.Append(path.Span);
        await foreach (ListedObject found in Listing(key).RunAsync(cancellationToken).ConfigureAwait(false))
        {
            return found.Key == key ? found : null;
        }

        return null;
    }

    /// <summary>All objects at or below a path, in the order of their keys.</summary>
    /// <exception cref="StoreException">The bucket cannot be listed.</exception>
    public async IAsyncEnumerable<ListedObject> ListAsync(
        EntryPath range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        EntryPath below = prefix.Append(range.Span);
        if (!range.IsFolder)
        {
            // Between a key and those below it there may be many that only begin alike.
            if (await TakeAsync(range, cancellationToken).ConfigureAwait(false) is { } exact)
            {
                yield return exact;
            }

            below = below.Append("/"u8);
        }

        IAsyncEnumerator<ListedObject> objects =
            Listing(below).RunAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable disposal = objects.ConfigureAwait(false);
        while (await NextAsync(objects).ConfigureAwait(false))
        {
            // The listing may be of more: a prefix that is no UTF-8 is cut short, and a server may not know of
            // prefixes.
            if (objects.Current.Key.Span.StartsWith(below.Span))
            {
                yield return objects.Current;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_cursor is { } cursor)
        {
            _cursor = null;
            _current = null;
            await cursor.DisposeAsync().ConfigureAwait(false);
        }
    }

    private BucketListing Listing(EntryPath below)
    {
        // A key is UTF-8: below what is none nothing stands, and what precedes the fault leads to all that might.
        ReadOnlySpan<byte> text = below.Span;
        int valid = 0;
        while (valid < text.Length
            && Rune.DecodeFromUtf8(text[valid..], out _, out int used) == System.Buffers.OperationStatus.Done)
        {
            valid += used;
        }

        return new BucketListing(transport, bucket, Encoding.UTF8.GetString(text[..valid]), versions: false);
    }

    private async ValueTask StepAsync() =>
        _current = await NextAsync(_cursor!).ConfigureAwait(false) ? _cursor!.Current : null;

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<ListedObject> objects)
    {
        try
        {
            return await objects.MoveNextAsync().ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw unreachable(e);
        }
    }
}
