using System.Collections.Concurrent;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Pipeline;

/// <summary>Counts what a restore does, and keeps the failures of single entries from ending it.</summary>
internal sealed class RestoreTally(
    RestoreRequest request, IProgress<RestoreProgress>? progress, IReadOnlyList<SourceRange> ranges)
{
    private readonly ConcurrentQueue<SourceError> _errors = new();
    private readonly ConcurrentQueue<EscapedName> _escaped = new();
    private readonly long _totalEntries =
        ranges.All(range => range.Prefix.Length == 0) ? ranges.Sum(range => range.Source.Entries) : 0;
    private readonly long _totalBytes =
        ranges.All(range => range.Prefix.Length == 0) ? ranges.Sum(range => range.Source.Bytes) : 0;
    private long _files, _bytes, _skipped, _kept, _deleted, _seen, _seenBytes;
    private bool _damaged;

    /// <summary>Counts what was done with a path.</summary>
    public void Did(RestoreActionKind kind, EntryPath path, Entry? entry)
    {
        bool isContent = entry is { Kind: EntryKind.File };
        switch (kind)
        {
            case RestoreActionKind.Create or RestoreActionKind.Overwrite:
                Interlocked.Increment(ref _files);
                Interlocked.Add(ref _bytes, isContent ? entry!.Size : 0);
                break;
            case RestoreActionKind.SetAttributes:
                Interlocked.Increment(ref _files);
                break;
            case RestoreActionKind.Same:
                Interlocked.Increment(ref _skipped);
                break;
            case RestoreActionKind.Keep:
                Interlocked.Increment(ref _kept);
                break;
            case RestoreActionKind.Delete:
                Interlocked.Increment(ref _deleted);
                break;
        }

        Interlocked.Add(ref _seenBytes, isContent ? entry!.Size : 0);
        request.OnAction?.Invoke(new RestoreAction(kind, path, entry));
        if (Interlocked.Increment(ref _seen) % 256 == 0)
        {
            Report();
        }
    }

    /// <summary>Runs one entry's work; false, and an error in the report, when that entry failed.</summary>
    public async Task<bool> GuardAsync(EntryPath path, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _errors.Enqueue(new SourceError(path.ToString(), e.Message));
        }
        catch (StoreException e) when (e.IsDamage)
        {
            Volatile.Write(ref _damaged, true);
            _errors.Enqueue(new SourceError(path.ToString(), e.Message));
        }

        return false;
    }

    /// <summary>An entry cannot have its own name in the target.</summary>
    public void Escaped(EntryPath path, EntryPath name) => _escaped.Enqueue(new EscapedName(path, name));

    /// <summary>Something failed that no <see cref="GuardAsync"/> was around.</summary>
    public void Failed(EntryPath path, string message) => _errors.Enqueue(new SourceError(path.ToString(), message));

    /// <summary>A page is lost, and with it what lies between its first path and the next that comes.</summary>
    public void LostPage(EntryPath first, StoreException e)
    {
        Volatile.Write(ref _damaged, true);
        _errors.Enqueue(new SourceError(first.ToString(), $"this and what follows on its page is lost: {e.Message}"));
    }

    /// <summary>Tells how far it is.</summary>
    public void Report() => progress?.Report(new RestoreProgress(
        Interlocked.Read(ref _seen), Interlocked.Read(ref _seenBytes), _totalEntries, _totalBytes));

    /// <summary>The sum of it all.</summary>
    public RestoreReport ToReport() => new()
    {
        Files = _files,
        Bytes = _bytes,
        Skipped = _skipped,
        Kept = _kept,
        Deleted = _deleted,
        Escaped = [.. _escaped.OrderBy(name => name.Path)],
        Errors = [.. _errors.OrderBy(error => error.Path, StringComparer.Ordinal)],
        Damaged = _damaged,
    };
}
