using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using Microsoft.Data.Sqlite;

namespace JadaStore.Store.Tests.Catalog;

/// <summary>Rows that no jstore wrote: each question is answered, or the file is said to be damaged; and nothing is
/// believed that would take memory.</summary>
public sealed class HostileCatalogTests : IDisposable
{
    private static readonly byte[] s_repository = new byte[16];

    private readonly string _folder = Directory.CreateTempSubdirectory("jstore-catalog-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("UPDATE chunks SET position = -1")]
    [InlineData("UPDATE chunks SET position = 9223372036854775807")]
    [InlineData("UPDATE chunks SET block = -9223372036854775808")]
    [InlineData("UPDATE blocks SET chunks = zeroblob(35)")]
    [InlineData("UPDATE blocks SET chunks = x''")]
    [InlineData("UPDATE blocks SET chunks = zeroblob(100000000)")]
    [InlineData("UPDATE blocks SET raw_length = 1")]
    [InlineData("UPDATE blocks SET raw_length = -1")]
    [InlineData("UPDATE blocks SET raw_length = 9223372036854775807")]
    [InlineData("UPDATE blocks SET sealed_length = 4611686018427387904")]
    [InlineData("UPDATE blocks SET frame_offset = -1")]
    [InlineData("UPDATE blocks SET frame = 4294967295")]
    [InlineData("UPDATE blocks SET chunks = CAST(x'FFFFFFFF' || substr(chunks, 5) AS BLOB)")]
    [InlineData("UPDATE packs SET first_block = 9223372036854775807, block_count = 9223372036854775807")]
    [InlineData("UPDATE packs SET first_block = -9223372036854775808, block_count = 2147483647")]
    [InlineData("UPDATE packs SET block_count = -5")]
    [InlineData("UPDATE packs SET purpose = 200")]
    [InlineData("UPDATE packs SET id = x'00'")]
    [InlineData("UPDATE packs SET number = 9223372036854775807")]
    [InlineData("UPDATE snapshots SET id = x'00'")]
    [InlineData("UPDATE snapshots SET record = zeroblob(1000000)")]
    [InlineData("UPDATE repository SET is_checked = 9223372036854775807")]
    [InlineData("DELETE FROM repository")]
    [InlineData("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO chunks SELECT i, i, i FROM n")]
    public void Each_question_is_answered_or_the_catalog_is_said_to_be_damaged(string sql)
    {
        Make(sql);
        foreach (Action<Store.Catalog.Catalog> question in (Action<Store.Catalog.Catalog>[])
        [
            catalog =>
                catalog.Packs(), catalog =>
                    Check(catalog.Blocks(Footer(1).Pack)), catalog =>
                        catalog.Snapshots(), catalog => _ = catalog.IsChecked,
            catalog =>
                Look(catalog, Footer(1)), catalog => catalog.Indexes([1, 2]), catalog => catalog.AddPacks([Footer(2)]),
            catalog =>
                catalog.RemovePacks([Footer(1).Pack]), catalog =>
                    catalog.AddSnapshot(new SnapshotId(Blake3.Hash([2])), [1]),
        ])
        {
            try
            {
                using var catalog = Store.Catalog.Catalog.Open(File, s_repository);
                question(catalog);
            }
            catch (StoreException e)
            {
                Assert.Equal(StoreFault.Corrupt, e.Fault);
            }
        }
    }

    /// <summary>The filter is made for as many chunks as the packs claim, which was 8 GB for a claim of 2⁶².</summary>
    [Theory, InlineData("4611686018427387904"), InlineData("3000000000"), InlineData("-1")]
    public void A_claim_of_many_chunks_takes_no_memory(string count)
    {
        Make($"UPDATE packs SET chunk_count = {count}");
        using var catalog = Store.Catalog.Catalog.Open(File, s_repository);
        ChunkId unknown = new(Blake3.Hash([99]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5000; i++)
        {
            Assert.False(catalog.Contains(unknown));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 100_000, 16 << 20);
        Assert.All(
            Footer(1).Blocks.SelectMany(block => block.Chunks), chunk => Assert.True(catalog.Contains(chunk.Id)));
    }

    private static void Check(IReadOnlyList<PackBlock> blocks) => Assert.All(blocks, block =>
    {
        Assert.All(block.Chunks, chunk => Assert.InRange(chunk.Length, 1, block.Location.RawLength));
        Assert.Equal(block.Location.RawLength, block.Chunks.Sum(chunk => (long)chunk.Length));
    });

    private string File => Path.Combine(_folder, "catalog.db");

    private static void Look(Store.Catalog.Catalog catalog, PackFooter footer)
    {
        foreach (ChunkId id in footer.Blocks.SelectMany(block => block.Chunks).Select(chunk => chunk.Id))
        {
            if (catalog.TryFind(id, out ChunkLocation place))
            {
                Assert.InRange((long)place.Offset + place.Length, 0, place.Block.RawLength);
            }

            Assert.All(catalog.FindAll(id), one => Assert.True(one is { Offset: >= 0, Length: >= 0 }));
        }
    }

    private void Make(string sql)
    {
        using (var catalog = Store.Catalog.Catalog.Open(File, s_repository))
        {
            catalog.AddPacks([Footer(1)]);
            catalog.AddSnapshot(new SnapshotId(Blake3.Hash([1])), [1, 2, 3]);
        }

        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Written above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static PackFooter Footer(byte number)
    {
        var pack = new PackId([.. Enumerable.Repeat(number, PackId.Size)]);
        return new PackFooter(pack, PackPurpose.Content, [.. Enumerable.Range(0, 2).Select(i => new PackBlock(
            new BlockLocation(pack, PackPurpose.Content, i, PackHeader.Size + (1000 * i), 996, 2000),
            [.. Enumerable.Range(0, 2).Select(
                k => new PackChunk(new ChunkId(Blake3.Hash([number, (byte)i, (byte)k])), 1000))]))]);
    }
}
