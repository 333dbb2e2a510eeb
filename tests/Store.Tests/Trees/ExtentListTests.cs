using System.Buffers.Binary;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Tests.Trees;

public sealed class ExtentListTests
{
    private readonly MemoryChunks _chunks = new();

    [Theory]
    [InlineData(2, 0)]
    [InlineData(64, 0)]
    [InlineData(65, 1)]
    [InlineData(4000, 1)]
    [InlineData(30_000, 2)]
    public async Task Extents_come_back_at_any_depth(int count, int depth)
    {
        List<Extent> extents = Extents(61, count);

        Entry entry = FileOf(extents);

        Assert.Equal(depth, entry.Content!.Depth);
        Assert.InRange(entry.Content.Extents.Count, 1, 64);
        Assert.Equal(extents, await ReadAsync(entry));
        Assert.Equal(
            extents.Where(extent => !extent.IsHole).Select(extent => extent.Id).Concat(ListsIn(_chunks)).Order(ById),
            (await Maps.ToListAsync(Reader().ChunksAsync(entry, default))).Order(ById));
    }

    /// <summary>As with a file that holds one block over and over.</summary>
    [Fact]
    public async Task Extents_whose_ids_never_end_a_list_come_in_lists_of_4096()
    {
        var id = new ChunkId(Enumerable.Repeat((byte)1, ChunkId.Size).ToArray());
        List<Extent> extents = [.. Enumerable.Repeat(Extent.Chunk(id, 7), 10_000)];

        Entry entry = FileOf(extents);

        Assert.Equal(3, entry.Content!.Extents.Count);
        Assert.Equal(extents, await ReadAsync(entry));
    }

    /// <summary>Lists of 64, lists of 64 of these, and so on: the deepest that there is.</summary>
    [Fact]
    public async Task Extents_whose_ids_always_end_a_list_come_back_from_depth_3()
    {
        var chunks = new ZeroLedChunks();
        var writer = new ExtentListWriter(chunks);
        const int Count = (70 * 64 * 64) + 5;
        for (int i = 1; i <= Count; i++)
        {
            writer.Add(Extent.Chunk(ZeroLedChunks.Id(i), 1));
        }

        Entry entry = Maps.File("a") with { Size = Count, Content = writer.Finish() };
        int next = 0;
        await foreach (Extent extent in new ExtentListReader(chunks, _chunks.Key.ChunkIdOf).ReadAsync(entry, default))
        {
            Assert.Equal(ZeroLedChunks.Id(++next), extent.Id);
        }

        Assert.Equal(Count, next);
        Assert.Equal(3, entry.Content!.Depth);
        Assert.Equal(2, entry.Content.Extents.Count);
    }

    [Fact]
    public async Task An_insertion_into_a_huge_file_changes_few_lists()
    {
        List<Extent> extents = Extents(62, 20_000);
        FileOf(extents);
        int before = _chunks.Count;

        extents.Insert(9000, Extent.Chunk(Maps.SomeChunk(-1), 9));
        Entry entry = FileOf(extents);

        Assert.InRange(_chunks.Count - before, 1, 6);
        Assert.Equal(extents, await ReadAsync(entry));
    }

    [Fact]
    public async Task One_chunk_or_none_needs_no_content()
    {
        byte[] bytes = [1, 2, 3];
        ChunkId id = _chunks.Write(bytes);
        var writer = new ExtentListWriter(_chunks);
        writer.Add(Extent.Chunk(id, 3));
        Entry one = Maps.File("a") with { Size = 3, Digest = Blake3.Hash(bytes), Content = writer.Finish() };
        Entry empty = Maps.File("b") with { Size = 0, Digest = Blake3.Hash([]), Content = new ExtentListWriter(_chunks).Finish() };

        Assert.Null(one.Content);
        Assert.Null(empty.Content);
        Assert.Equal([Extent.Chunk(id, 3)], await ReadAsync(one));
        Assert.Equal([id], await Maps.ToListAsync(Reader().ChunksAsync(one, default)));
        Assert.Empty(await ReadAsync(empty));
        Assert.Empty(await ReadAsync(new Entry { Path = new EntryPath("d/"), Kind = EntryKind.Folder }));
    }

    [Fact]
    public async Task A_file_that_is_one_hole_is_not_taken_for_a_chunk()
    {
        Entry entry = FileOf([Extent.Hole(1L << 40)]);

        Assert.NotNull(entry.Content);
        Assert.Equal([Extent.Hole(1L << 40)], await ReadAsync(entry));
    }

    [Fact]
    public void Extents_that_cannot_be_are_refused()
    {
        var writer = new ExtentListWriter(_chunks);

        Assert.Throws<ArgumentException>(() => writer.Add(Extent.Hole(0)));
        Assert.Throws<ArgumentException>(() => writer.Add(Extent.Chunk(default, (1 << 20) + 1)));
    }

    [Fact]
    public async Task A_changed_byte_in_a_list_is_damage_or_other_extents_of_the_same_size()
    {
        Entry entry = FileOf(Extents(63, 70));
        byte[] list = _chunks[entry.Content!.Extents[0].Id];
        int damaged = 0;
        for (int i = 0; i < list.Length; i++)
        {
            byte original = list[i];
            foreach (byte value in (byte[])[0xFF, (byte)(original + 1), (byte)(original ^ 1)])
            {
                list[i] = value;
                try
                {
                    Assert.Equal(entry.Size, (await ReadAsync(entry)).Sum(extent => extent.Length));
                }
                catch (StoreException e) when (e.Fault == StoreFault.Corrupt)
                {
                    damaged++;
                }
            }

            list[i] = original;
        }

        Assert.InRange(damaged, 100, int.MaxValue);
    }

    /// <summary>A list that lists one list over and over stands for more extents than could ever be read.</summary>
    [Fact]
    public async Task Lists_that_multiply_end_at_the_size()
    {
        var writer = new ByteWriter();
        for (int i = 0; i < 4096; i++)
        {
            ExtentCodec.Write(writer, Extent.Hole(1));
        }

        for (int depth = 0; depth < 2; depth++)
        {
            Extent list = Extent.Chunk(_chunks.Write(writer.Written), writer.Length);
            writer.CutTo(0);
            for (int i = 0; i < 4096; i++)
            {
                ExtentCodec.Write(writer, list);
            }
        }

        Extent top = Extent.Chunk(_chunks.Write(writer.Written), writer.Length);
        Entry entry = Maps.File("a") with { Size = 10_000, Content = new Content(3, [top]) };

        Assert.Equal(StoreFault.Corrupt, (await Assert.ThrowsAsync<StoreException>(() => ReadAsync(entry))).Fault);
        await Assert.ThrowsAsync<StoreException>(() => Maps.ToListAsync(Reader().ChunksAsync(entry, default)));
    }

    private static readonly Comparer<ChunkId> ById = Comparer<ChunkId>.Create(
        (left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));

    private static List<ChunkId> ListsIn(MemoryChunks chunks) =>
        [.. chunks.All.ToList().Select(bytes => chunks.Write(bytes))];

    private static List<Extent> Extents(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => random.Next(10) == 0
            ? Extent.Hole(random.NextInt64(1, 1L << 32))
            : Extent.Chunk(Maps.SomeChunk(i), random.Next(1, 1 << 20)))];
    }

    private Entry FileOf(List<Extent> extents)
    {
        var writer = new ExtentListWriter(_chunks);
        extents.ForEach(writer.Add);
        Entry entry = Maps.File("huge") with { Size = extents.Sum(extent => extent.Length), Content = writer.Finish() };
        EntryCodec.Write(new ByteWriter(), entry);
        return entry;
    }

    private Task<List<Extent>> ReadAsync(Entry entry) => Maps.ToListAsync(Reader().ReadAsync(entry, default));

    private ExtentListReader Reader() => new(_chunks, _chunks.Key.ChunkIdOf);

    /// <summary>Gives every chunk an id that ends a list.</summary>
    private sealed class ZeroLedChunks : IChunkReader, IChunkWriter
    {
        private readonly Dictionary<ChunkId, byte[]> _chunks = [];

        public static ChunkId Id(int number)
        {
            byte[] id = new byte[ChunkId.Size];
            BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(1), number);
            return new ChunkId(id);
        }

        public ChunkId Write(ReadOnlySpan<byte> bytes)
        {
            ChunkId id = Id(-1 - _chunks.Count);
            _chunks.Add(id, bytes.ToArray());
            return id;
        }

        public ValueTask<ReadOnlyMemory<byte>> ReadAsync(ChunkId id, CancellationToken cancellationToken) =>
            new(_chunks[id]);
    }
}
