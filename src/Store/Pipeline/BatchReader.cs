using System.Buffers;
using JadaStore.Store.Chunking;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Reads what a batch has to read: small files together in one buffer, large ones one by one.</summary>
/// <remarks>Safe to use from several threads, one batch each.</remarks>
internal sealed class BatchReader(Cutter cutter, ContentSink sink, PageSink pages) : IDisposable
{
    /// <summary>Files up to this many bytes share a buffer with their neighbours.</summary>
    public const int SmallFile = 512 * 1024;

    // Once for the first look and three times more: a file that never holds still is stored as last seen, and marked.
    private const int Tries = 4;

    private const string ChangedMessage = "changed while it was read";

    private readonly LargeFileReader _large = new(cutter, sink, pages);

    // A large file keeps all cores busy by itself, and holds some 8 MiB, more where it comes in ranges from a server.
    private readonly SemaphoreSlim _largeAtOnce = new(Math.Max(2, Environment.ProcessorCount));

    /// <inheritdoc/>
    public void Dispose() => _largeAtOnce.Dispose();

    /// <summary>Fills in the entry of every item.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="readsAtOnce">See <see cref="ICollector.ReadsAtOnce"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="StoreException">Storing failed. What cannot be read is no exception but the entry's
    /// problem.</exception>
    public async Task ReadAsync(Batch batch, int readsAtOnce, CancellationToken cancellationToken)
    {
        var small = new List<BatchItem>();
        int room = 0;
        foreach (BatchItem item in batch.Items)
        {
            if (item.Source is not { } source)
            {
                continue;
            }

            if (source.Kind != EntryKind.File || source.HardLink is not null || source is SourceFault)
            {
                item.Entry = await DescribeAsync(source, cancellationToken).ConfigureAwait(false);
            }
            else if (source.Size <= SmallFile)
            {
                if (room + source.Size > Batch.MaxBytes && small.Count > 0)
                {
                    await ReadSmallAsync(batch, small, room, readsAtOnce, cancellationToken).ConfigureAwait(false);
                    small.Clear();
                    room = 0;
                }

                small.Add(item);
                room += (int)source.Size + 1;
            }
            else
            {
                item.Entry = await ReadLargeAsync(batch, source, cancellationToken).ConfigureAwait(false);
            }
        }

        if (small.Count > 0)
        {
            await ReadSmallAsync(batch, small, room, readsAtOnce, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask<Entry> DescribeAsync(SourceEntry source, CancellationToken cancellationToken)
    {
        try
        {
            return await source.DescribeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unread(source, e.Message);
        }
    }

    private async Task ReadSmallAsync(
        Batch batch, List<BatchItem> items, int room, int readsAtOnce, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(room);
        try
        {
            SmallFileRead?[] reads = readsAtOnce > 1
                ? await ReadTogetherAsync(
                    items, buffer.AsMemory(0, room), readsAtOnce, cancellationToken).ConfigureAwait(false)
                : await ReadInTurnAsync(items, buffer.AsMemory(0, room), cancellationToken).ConfigureAwait(false);
            int used = await StoreSmallAsync(batch, items, reads, buffer, cancellationToken).ConfigureAwait(false);
            batch.BytesRead += used;
        }
        finally
        {
            buffer.AsSpan(0, room).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }

        foreach (BatchItem item in items)
        {
            // What did not fit, or has holes.
            item.Entry ??= await ReadLargeAsync(batch, item.Source!, cancellationToken).ConfigureAwait(false);
        }
    }

    // What was read lies end to end at the beginning of the buffer; null: it must be read as a large file.
    private static async Task<SmallFileRead?[]> ReadInTurnAsync(
        List<BatchItem> items, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var reads = new SmallFileRead?[items.Count];
        int used = 0;
        for (int i = 0; i < reads.Length; i++)
        {
            reads[i] =
                await TryReadSmallAsync(items[i].Source!, buffer[used..], cancellationToken).ConfigureAwait(false);
            used += reads[i]?.Length ?? 0;
        }

        return reads;
    }

    // The same, all at once, each into a place of its own; moved together afterwards.
    private static async Task<SmallFileRead?[]> ReadTogetherAsync(
        List<BatchItem> items, Memory<byte> buffer, int readsAtOnce, CancellationToken cancellationToken)
    {
        var reads = new SmallFileRead?[items.Count];
        int[] starts = new int[items.Count + 1];
        for (int i = 0; i < items.Count; i++)
        {
            starts[i + 1] = starts[i] + (int)items[i].Source!.Size + 1;
        }

        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = readsAtOnce, CancellationToken = cancellationToken,
        };
        await Parallel.ForAsync(0, reads.Length, parallel, async (i, token) =>
            reads[i] = await TryReadSmallAsync(
                items[i].Source!, buffer[starts[i]..starts[i + 1]], token).ConfigureAwait(false))
            .ConfigureAwait(false);
        int used = 0;
        for (int i = 0; i < reads.Length; i++)
        {
            int length = reads[i]?.Length ?? 0;
            buffer.Slice(starts[i], length).CopyTo(buffer[used..]);
            used += length;
        }

        return reads;
    }

    private async ValueTask<int> StoreSmallAsync(
        Batch batch, List<BatchItem> items, SmallFileRead?[] reads, byte[] buffer, CancellationToken cancellationToken)
    {
        int used = 0;
        var pieces = new List<int>(items.Count);
        var files = new List<SmallFileRead>(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            if (reads[i] is { } file)
            {
                int first = pieces.Count;
                ReadOnlySpan<byte> bytes = buffer.AsSpan(used, file.Length);
                for (int at = 0; at < bytes.Length; at += pieces[^1])
                {
                    pieces.Add(cutter.FindCut(bytes[at..], at, isEnd: true));
                }

                // One piece: its digest is the file's. More: the file is hashed as a whole as well.
                Digest? whole = pieces.Count - first > 1 ? Blake3.Hash(bytes) : null;
                files.Add(file with { Item = items[i], First = first, Pieces = pieces.Count - first, Whole = whole });
                used += file.Length;
            }
        }

        batch.BytesAdded += await StoreSmallAsync(buffer.AsMemory(0, used), [.. pieces], files, cancellationToken)
            .ConfigureAwait(false);
        return used;
    }

    private async ValueTask<long> StoreSmallAsync(
        Memory<byte> bytes, int[] pieces, List<SmallFileRead> files, CancellationToken cancellationToken)
    {
        var digests = new Digest[pieces.Length];
        var ids = new ChunkId[pieces.Length];
        long added = await sink.StoreAsync(bytes, pieces, digests, ids, cancellationToken).ConfigureAwait(false);
        foreach (SmallFileRead file in files)
        {
            FileIngest ingest = FileIngest.Empty;
            if (file.Pieces > 0)
            {
                var extents = new List<Extent>(file.Pieces);
                for (int i = file.First; i < file.First + file.Pieces; i++)
                {
                    extents.Add(Extent.Chunk(ids[i], pieces[i]));
                }

                ingest = FileIngest.FromFew(file.Whole ?? digests[file.First], extents);
            }

            file.Item!.Entry = Finish(file.End, ingest);
        }

        return added;
    }

    // Null: it does not fit, or has holes; it must be read as a large one.
    private static async ValueTask<SmallFileRead?> TryReadSmallAsync(
        SourceEntry source, Memory<byte> space, CancellationToken cancellationToken)
    {
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                ContentReader reader = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    int length = 0;
                    while (true)
                    {
                        if (length == space.Length || length > SmallFile)
                        {
                            return null;
                        }

                        ContentRead read =
                            await reader.ReadAsync(space[length..], cancellationToken).ConfigureAwait(false);
                        if (read.Hole > 0)
                        {
                            return null;
                        }

                        if (read.Bytes == 0)
                        {
                            break;
                        }

                        length += read.Bytes;
                    }

                    ContentEnd end = await reader.FinishAsync(cancellationToken).ConfigureAwait(false);
                    if (!end.Changed || attempt == Tries)
                    {
                        return new SmallFileRead(end, length);
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SmallFileRead(new ContentEnd(Unread(source, e.Message), Changed: false), 0);
        }
    }

    private async Task<Entry> ReadLargeAsync(Batch batch, SourceEntry source, CancellationToken cancellationToken)
    {
        await _largeAtOnce.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                ContentReader reader = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    FileIngest ingest = await _large.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
                    batch.BytesRead += ingest.Size;
                    batch.BytesAdded += ingest.Added;
                    ContentEnd end = await reader.FinishAsync(cancellationToken).ConfigureAwait(false);
                    if (!end.Changed || attempt == Tries)
                    {
                        return Finish(end, ingest);
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unread(source, e.Message);
        }
        finally
        {
            _largeAtOnce.Release();
        }
    }

    private static Entry Finish(ContentEnd end, FileIngest ingest) => end.Entry.Problem is not null
        ? end.Entry
        : end.Entry with
        {
            Size = ingest.Size,
            Digest = ingest.Digest,
            Content = ingest.Content,
            Fingerprint = end.Changed ? [] : end.Entry.Fingerprint,
            Problem = end.Changed ? ChangedMessage : end.Problem,
        };

    private static Entry Unread(SourceEntry source, string message) => new()
    {
        Path = source.Path,
        Kind = source.Kind,
        Size = source.Kind == EntryKind.File ? source.Size : 0,
        ModifiedTime = source.ModifiedTime,
        HardLink = source.HardLink,
        Problem = message,
    };
}
