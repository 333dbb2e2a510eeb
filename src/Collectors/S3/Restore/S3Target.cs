using System.Text.Unicode;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Listing;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>Brings entries back into a bucket: content, headers, user metadata, tags; docs/restore.md has the
/// rules.</summary>
/// <remarks>
/// <para>An object appears whole and with all that belongs to it, or not at all. What stands in the bucket is known
/// from listings, which are read in step with what is restored.</para>
/// <para>Memory: content on its way, at most <see cref="MostBuffered"/> bytes, or one part if that is longer.</para>
/// </remarks>
public sealed class S3Target : IRestoreTarget
{
    /// <summary>Bytes of content in memory: 128 MiB.</summary>
    public const long MostBuffered = 128 * 1024 * 1024;

    private readonly IAwsTransport _transport;
    private readonly S3TargetOptions _options;
    private readonly EntryPath _prefix;
    private readonly LiveObjects _live;
    private readonly LiveComparison _comparison;
    private readonly ObjectDeletion _deletion;
    private readonly BufferBudget _budget = new(MostBuffered);
    private readonly TimeProvider _time;

    /// <param name="access">The way there; not disposed of.</param>
    /// <param name="options">Where to.</param>
    public S3Target(AwsAccess access, S3TargetOptions options)
        : this(access.S3, access.S3Place, access.Options.InLane, options, TimeProvider.System)
    {
    }

    internal S3Target(
        IAwsTransport transport, string place, int writesAtOnce, S3TargetOptions options, TimeProvider time)
    {
        _transport = transport;
        WritesAtOnce = writesAtOnce;
        _options = options;
        _time = time;
        _prefix = new EntryPath(options.Prefix);
        _live = new LiveObjects(transport, options.Bucket, _prefix, e => Unreachable.Of(e, options.Bucket, place));
        _comparison = new LiveComparison(options.CompareHeaders, time);
        _deletion = new ObjectDeletion(transport, options.Bucket);
    }

    /// <inheritdoc/>
    public bool IsFlat => true;

    /// <inheritdoc/>
    public int WritesAtOnce { get; }

    /// <inheritdoc/>
    public int DeletesAtOnce => ObjectDeletion.Most;

    /// <inheritdoc/>
    public ValueTask ForeseeAsync(EntryPath range, EntryPath path, Entry entry, CancellationToken cancellationToken) =>
        _live.ForeseeAsync(range, path, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<TargetState> InspectAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        if (entry.Kind == EntryKind.Folder)
        {
            return TargetState.Same;
        }

        if (entry.Kind != EntryKind.File)
        {
            throw new IOException("S3 holds files only");
        }

        ListedObject? listed = await _live.TakeAsync(path, cancellationToken).ConfigureAwait(false);
        return listed is null
            ? TargetState.Absent
            : await _comparison.CompareAsync(ObjectAt(path), listed, entry, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask MakeAsync(EntryPath path, Entry entry, CancellationToken cancellationToken) =>
        entry.Kind == EntryKind.Folder
            ? ValueTask.CompletedTask : throw new IOException("S3 holds files only");

    /// <inheritdoc/>
    public async ValueTask<IRestoreWriter> CreateFileAsync(
        EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        TargetObject place = ObjectAt(path);
        RestoredHeaders headers = RestoredHeaders.Of(entry, _time.GetUtcNow());
        if (UploadShape.IsHeld(entry))
        {
            PooledBuffer buffer = await _budget.TakeAsync(entry.Size, cancellationToken).ConfigureAwait(false);
            return new HeldWriter(place, entry, headers, buffer);
        }

        return new PartsWriter(place, entry, headers, _budget);
    }

    /// <inheritdoc/>
    public ValueTask LinkAsync(EntryPath path, EntryPath first, Entry entry, CancellationToken cancellationToken) =>
        throw new IOException("S3 has no links");

    /// <inheritdoc/>
    public async ValueTask SetAttributesAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        if (entry.Kind != EntryKind.Folder)
        {
            RestoredHeaders headers = RestoredHeaders.Of(entry, _time.GetUtcNow());
            await ObjectAt(path).CopyOntoItselfAsync(headers, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<EntryPath> ListAsync(
        EntryPath path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ListedObject listed in _live.ListAsync(path, cancellationToken).ConfigureAwait(false))
        {
            // The prefix itself may be an object, as consoles make them: it is no part of what is restored.
            if (listed.Key.Length > _prefix.Length)
            {
                yield return new EntryPath(listed.Key.Span[_prefix.Length..].ToArray());
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(EntryPath path, CancellationToken cancellationToken) =>
        await ObjectAt(path).DeleteAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<EntryPath, string>> DeleteAllAsync(
        IReadOnlyList<EntryPath> paths, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<int, string> failed =
            await _deletion.RunAsync([.. paths.Select(ObjectAt)], cancellationToken).ConfigureAwait(false);
        return failed.ToDictionary(pair => paths[pair.Key], pair => pair.Value);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _live.DisposeAsync();

    // Without a key a request would be one to the bucket itself.
    private TargetObject ObjectAt(EntryPath path)
    {
        EntryPath key = _prefix.Append(path.Span);
        return path.Length == 0 ? throw new IOException("it has no name, and no key can be empty")
            : !Utf8.IsValid(key.Span) ? throw new IOException("its name is no UTF-8, as keys must be")
            : new TargetObject(_transport, _options.Bucket, key);
    }
}
