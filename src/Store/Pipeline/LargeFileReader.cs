using System.Buffers;
using JadaStore.Store.Chunking;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// Reads a file of any size, segment by segment: while one is read and cut, those before it are hashed and stored.
/// </summary>
/// <remarks>Memory: <see cref="SegmentSize"/> × (<see cref="MaxWaiting"/> + 1) bytes a running call.</remarks>
internal sealed class LargeFileReader(Cutter cutter, ContentSink sink, PageSink pages)
{
    private const int SegmentSize = 2 * 1024 * 1024;
    private const int MaxWaiting = 3;

    /// <summary>Reads <paramref name="reader"/> to its end.</summary>
    /// <exception cref="IOException">The file cannot be read; chunks stored by then stay, and are found again next
    /// time.</exception>
    public async Task<FileIngest> ReadAsync(ContentReader reader, CancellationToken cancellationToken)
    {
        var run = new Run(cutter, sink, pages, cancellationToken);
        try
        {
            while (true)
            {
                ContentRead read = await reader.ReadAsync(run.Space, cancellationToken).ConfigureAwait(false);
                if (read.Bytes > 0)
                {
                    await run.TakeAsync(read.Bytes).ConfigureAwait(false);
                }
                else if (read.Hole > 0)
                {
                    await run.TakeHoleAsync(read.Hole).ConfigureAwait(false);
                }
                else
                {
                    return await run.EndAsync().ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await run.ReleaseAsync().ConfigureAwait(false);
        }
    }

    private sealed class Run(Cutter cutter, ContentSink sink, PageSink pages, CancellationToken cancellationToken)
    {
        private readonly Blake3Hasher _hasher = new();
        private readonly ExtentListWriter _extents = new(pages);
        private readonly Queue<Task<List<Extent>>> _waiting = new();
        private byte[] _buffer = ArrayPool<byte>.Shared.Rent(SegmentSize);
        private int _filled;
        private long _offset;   // in the file, of the buffer's first byte
        private long _size;
        private long _added;

        public Memory<byte> Space => _buffer.AsMemory(_filled, SegmentSize - _filled);

        public async ValueTask TakeAsync(int bytes)
        {
            _filled += bytes;
            if (_filled == SegmentSize)
            {
                await PassOnAsync(isEnd: false).ConfigureAwait(false);
            }
        }

        public async ValueTask TakeHoleAsync(long length)
        {
            await PassOnAsync(isEnd: true).ConfigureAwait(false);
            await CollectAsync(0).ConfigureAwait(false);
            AddExtent(Extent.Hole(length));
            _offset += length;
            Zeros.Hash(_hasher, length, cancellationToken);
        }

        public async ValueTask<FileIngest> EndAsync()
        {
            await PassOnAsync(isEnd: true).ConfigureAwait(false);
            await CollectAsync(0).ConfigureAwait(false);
            return new FileIngest(_size, _hasher.Finish(), _extents.Finish()) { Added = Interlocked.Read(ref _added) };
        }

        // A segment that is being stored uses its buffer: wait for it, whatever happened, before the buffer is given
        // back.
        public async ValueTask ReleaseAsync()
        {
            await ((Task)Task.WhenAll(_waiting)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Return(_buffer);
        }

        private async ValueTask PassOnAsync(bool isEnd)
        {
            List<int> lengths = Cut(isEnd, out int cut);
            if (cut == 0)
            {
                return;
            }

            byte[] full = _buffer;
            _hasher.Update(full.AsSpan(0, cut));
            _buffer = ArrayPool<byte>.Shared.Rent(SegmentSize);
            _filled -= cut;
            _offset += cut;
            full.AsSpan(cut, _filled).CopyTo(_buffer);
            await CollectAsync(MaxWaiting - 1).ConfigureAwait(false);
            _waiting.Enqueue(Task.Run(() => StoreAsync(full, lengths), CancellationToken.None));
        }

        private List<int> Cut(bool isEnd, out int cut)
        {
            var lengths = new List<int>();
            cut = 0;
            while (cut < _filled)
            {
                int length = cutter.FindCut(_buffer.AsSpan(cut, _filled - cut), _offset + cut, isEnd);
                if (length == 0)
                {
                    break;
                }

                lengths.Add(length);
                cut += length;
            }

            return lengths;
        }

        private async Task<List<Extent>> StoreAsync(byte[] buffer, List<int> lengths)
        {
            try
            {
                var digests = new Digest[lengths.Count];
                var ids = new ChunkId[lengths.Count];
                int[] pieces = [.. lengths];
                long added =
                    await sink.StoreAsync(buffer.AsMemory(0, pieces.Sum()), pieces, digests, ids, cancellationToken)
                    .ConfigureAwait(false);
                Interlocked.Add(ref _added, added);
                return [.. ids.Select((id, i) => Extent.Chunk(id, pieces[i]))];
            }
            finally
            {
                Return(buffer);
            }
        }

        private async ValueTask CollectAsync(int leave)
        {
            while (_waiting.Count > leave)
            {
                foreach (Extent extent in await _waiting.Dequeue().ConfigureAwait(false))
                {
                    AddExtent(extent);
                }

                await pages.DrainAsync(all: false, cancellationToken).ConfigureAwait(false);
            }
        }

        private void AddExtent(Extent extent)
        {
            _extents.Add(extent);
            _size += extent.Length;
        }

        private static void Return(byte[] buffer)
        {
            buffer.AsSpan(0, SegmentSize).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
