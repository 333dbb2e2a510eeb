using System.Buffers;
using JadaStore.Store.Chunking;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Reads what a batch has to read: small files side by side in one buffer, large ones one by one.</summary>
/// <remarks>Safe to use from several threads, one batch each.</remarks>
internal sealed class BatchReader(Cutter cutter, ContentSink sink, PageSink pages)
{
    /// <summary>Files up to this many bytes share a buffer with their neighbours.</summary>
    public const int SmallFile = 512 * 1024;

    // Once for the first look and three times more: a file that never holds still is stored as last seen, and marked.
    private const int Tries = 4;

    private const string ChangedMessage = "changed while it was read";

    private readonly LargeFileReader _large = new(cutter, sink, pages);

    /// <summary>Fills in the entry of every item.</summary>
    /// <exception cref="StoreException">Storing failed. What cannot be read is no exception but the entry's
    /// problem.</exception>
    public async Task ReadAsync(Batch batch, CancellationToken cancellationToken)
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
                    await ReadSmallAsync(batch, small, room, cancellationToken).ConfigureAwait(false);
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
            await ReadSmallAsync(batch, small, room, cancellationToken).ConfigureAwait(false);
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

    private async Task ReadSmallAsync(Batch batch, List<BatchItem> items, int room, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(room);
        int used = 0;
        try
        {
            var pieces = new List<int>(items.Count);
            var files = new List<SmallFileRead>(items.Count);
            foreach (BatchItem item in items)
            {
                SmallFileRead? read = await TryReadSmallAsync(item.Source!, buffer.AsMemory(used, room - used), cancellationToken).ConfigureAwait(false);
                if (read is not { } file)
                {
                    item.Entry = await ReadLargeAsync(batch, item.Source!, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    int first = pieces.Count;
                    ReadOnlySpan<byte> bytes = buffer.AsSpan(used, file.Length);
                    for (int at = 0; at < bytes.Length; at += pieces[^1])
                    {
                        pieces.Add(cutter.FindCut(bytes[at..], at, isEnd: true));
                    }

                    // One piece: its digest is the file's. More: the file is hashed as a whole as well.
                    Digest? whole = pieces.Count - first > 1 ? Blake3.Hash(bytes) : null;
                    files.Add(file with { Item = item, First = first, Pieces = pieces.Count - first, Whole = whole });
                    used += file.Length;
                }
            }

            batch.BytesRead += used;
            await StoreSmallAsync(buffer.AsMemory(0, used), [.. pieces], files, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            buffer.AsSpan(0, room).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask StoreSmallAsync(
        Memory<byte> bytes, int[] pieces, List<SmallFileRead> files, CancellationToken cancellationToken)
    {
        var digests = new Digest[pieces.Length];
        var ids = new ChunkId[pieces.Length];
        await sink.StoreAsync(bytes, pieces, digests, ids, cancellationToken).ConfigureAwait(false);
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

                        ContentRead read = await reader.ReadAsync(space[length..], cancellationToken).ConfigureAwait(false);
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
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                ContentReader reader = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    FileIngest ingest = await _large.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
                    batch.BytesRead += ingest.Size;
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
