using System.Diagnostics;
using JadaStore.Store.Catalog;
using JadaStore.Store.Packs;
using Microsoft.Data.Sqlite;

namespace JadaStore.Store.Tests.Catalog;

/// <summary>The catalog may be anything when it is opened; it must then be empty and usable, or what it was.</summary>
public sealed class CatalogFileTests
{
    [Fact]
    public void A_catalog_of_another_repository_is_emptied()
    {
        using var folder = new CatalogFolder();
        Fill(folder);
        byte[] other = new byte[16];
        AssertEmptied(folder, other);
    }

    [Theory]
    [InlineData("PRAGMA user_version = 2")]
    [InlineData("PRAGMA user_version = 0")]
    [InlineData("PRAGMA application_id = 1")]
    [InlineData("ALTER TABLE chunks ADD COLUMN more INTEGER")]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON packs BEGIN DELETE FROM chunks; END")]
    [InlineData("DROP TABLE snapshots")]
    [InlineData("DELETE FROM repository")]
    [InlineData("INSERT INTO repository VALUES (zeroblob(16), 1)")]
    public void A_catalog_of_another_shape_is_emptied(string change)
    {
        using var folder = new CatalogFolder();
        Fill(folder);
        using (var connection = new SqliteConnection($"Data Source={folder.Path};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of this test.
            command.CommandText = change;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        AssertEmptied(folder);
    }

    [Fact]
    public void A_file_that_lacks_a_page_or_more_is_emptied()
    {
        using var folder = new CatalogFolder();
        Fill(folder);
        byte[] whole = File.ReadAllBytes(folder.Path);
        int[] lengths = [0, 1, 16, 99, 100, 101, 512, 4095, 4096, 4097, 8192, whole.Length / 2, whole.Length - 4097, whole.Length - 4096];
        foreach (int length in lengths)
        {
            File.WriteAllBytes(folder.Path, whole[..length]);
            AssertEmptied(folder);
        }
    }

    [Theory, InlineData(1), InlineData(4096), InlineData(100_000)]
    public void A_file_that_is_no_database_is_emptied(int length)
    {
        using var folder = new CatalogFolder();
        File.WriteAllBytes(folder.Path, new RandomPacks(seed: 21).Bytes(length));
        AssertEmptied(folder);
    }

    [Fact]
    public void A_log_that_is_garbage_does_no_harm()
    {
        using var folder = new CatalogFolder();
        PackFooter pack = Fill(folder);
        File.WriteAllBytes(folder.Path + "-wal", new RandomPacks(seed: 22).Bytes(50_000));
        using Store.Catalog.Catalog catalog = folder.Open();
        Assert.False(catalog.IsNew);
        CatalogTests.AssertHolds(catalog, [pack]);
    }

    /// <summary>
    /// Damage inside the file: every answer is right, or missing, or <see cref="StoreFault.Corrupt"/>.
    /// </summary>
    [Fact]
    public void Damage_anywhere_never_makes_a_chunk_known_that_is_not_and_can_be_mended()
    {
        using var folder = new CatalogFolder();
        PackFooter pack = Fill(folder);
        byte[] whole = File.ReadAllBytes(folder.Path);
        var random = new Random(23);
        var unknown = new RandomPacks(seed: 24);
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = i % 10 == 9 ? whole[..^random.Next(1, 4096)] : [.. whole];
            damaged[i < 100 ? i : random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(folder.Path, damaged);
            try
            {
                using Store.Catalog.Catalog catalog = folder.Open();
                Assert.False(catalog.Contains(unknown.Id()));
                catalog.Packs();
                catalog.Snapshots();
                foreach (PackChunk chunk in pack.Blocks.SelectMany(block => block.Chunks))
                {
                    catalog.TryFind(chunk.Id, out _);
                }

                catalog.RemovePacks([pack.Pack]);
            }
            catch (StoreException e)
            {
                Assert.True(e.Fault == StoreFault.Corrupt, e.Message);
                using Store.Catalog.Catalog catalog = folder.Open(anew: true);
                catalog.AddPacks([pack]);
                CatalogTests.AssertHolds(catalog, [pack]);
            }
        }
    }

    [Fact]
    public void Where_nothing_can_be_written_a_catalog_works_and_is_not_kept()
    {
        using var folder = new CatalogFolder();
        string path = Path.Combine(folder.Path, "no-such-folder", "catalog.db");
        PackFooter pack = new RandomPacks(seed: 25).Pack(3, 3);
        using Store.Catalog.Catalog catalog = Store.Catalog.Catalog.Open(path, new byte[16]);
        Assert.True(catalog.IsNew);
        Assert.False(catalog.IsKept);
        catalog.AddPacks([pack]);
        CatalogTests.AssertHolds(catalog, [pack]);
    }

    [Fact]
    public void A_copy_of_a_file_that_cannot_be_written_holds_what_the_file_holds()
    {
        using var folder = new CatalogFolder();
        Fill(folder);
        using Database copy = folder.OpenCopy(out bool isNew);
        Assert.False(isNew);
        Assert.Equal("40", copy.Text("SELECT count(*) FROM chunks"));
        copy.Execute("DELETE FROM chunks");
        using Store.Catalog.Catalog catalog = folder.Open();
        Assert.Single(catalog.Packs());
    }

    [Fact]
    public void Only_its_owner_may_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Its files have no mode.
        }

        using var folder = new CatalogFolder();
        using Store.Catalog.Catalog catalog = folder.Open();
        catalog.AddPacks([new RandomPacks(seed: 28).Pack(1, 1)]);
        foreach (string end in (string[])["", "-wal", "-shm"])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Path + end));
        }
    }

    /// <summary>Some network file systems have no shared memory, which SQLite's log needs.</summary>
    [Fact]
    public void Without_a_log_a_catalog_works_as_well()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // SQLite has no such file system there.
        }

        using var folder = new CatalogFolder();
        string path = $"file:{folder.Path}?vfs=unix-dotfile";
        PackFooter pack = new RandomPacks(seed: 26).Pack(4, 10);
        using (Database database = CatalogFile.Open(path, new byte[16], anew: false, out bool isNew, out bool isKept))
        {
            Assert.True(isNew);
            Assert.True(isKept);
            Assert.False(database.HasLog);
        }

        using (Store.Catalog.Catalog catalog = Store.Catalog.Catalog.Open(path, new byte[16]))
        {
            catalog.AddPacks([pack]);
            CatalogTests.AssertHolds(catalog, [pack]);
        }

        using Store.Catalog.Catalog again = Store.Catalog.Catalog.Open(path, new byte[16]);
        CatalogTests.AssertHolds(again, [pack]);
    }

    /// <summary>Another program as judge: the file is whole, and says in plain SQL what schema.sql promises.</summary>
    [Fact]
    public void The_sqlite3_program_finds_the_file_whole_and_reads_it()
    {
        using var folder = new CatalogFolder();
        PackFooter pack = Fill(folder);
        if (Sqlite3(folder.Path, "PRAGMA integrity_check") is not { } verdict)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "sqlite3 is not installed.");
            return;
        }

        Assert.Equal("ok", verdict);
        Assert.Equal(pack.Pack.ToString().ToUpperInvariant(), Sqlite3(folder.Path, "SELECT hex(id) FROM packs"));
        PackBlock block = pack.Blocks[1];
        Assert.Equal($"{block.Location.Number}|{block.Location.Offset}|{block.Location.SealedLength}|{block.Location.RawLength}",
            Sqlite3(
                folder.Path,
                "SELECT frame, frame_offset, sealed_length, raw_length FROM blocks ORDER BY number LIMIT 1 OFFSET 1"));
        PackChunk chunk = block.Chunks[2];
        Assert.Equal($"{chunk.Id.ToString().ToUpperInvariant()}",
            Sqlite3(folder.Path, $"""
                SELECT hex(substr(b.chunks, 36 * k.position + 5, 32)) FROM chunks k JOIN blocks b ON b.number = k.block
                WHERE k.prefix = {(long)chunk.Id.Prefix}
                """));
    }

    private static PackFooter Fill(CatalogFolder folder)
    {
        var random = new RandomPacks(seed: 20);
        PackFooter pack = random.Pack(blocks: 4, chunksPerBlock: 10);
        using Store.Catalog.Catalog catalog = folder.Open(anew: true);
        catalog.AddPacks([pack]);
        catalog.AddSnapshot(new Store.Model.SnapshotId(random.Id().Value), random.Bytes(500));
        return pack;
    }

    private static void AssertEmptied(CatalogFolder folder, byte[]? repository = null)
    {
        PackFooter pack = new RandomPacks(seed: 27).Pack(2, 8);
        using (Store.Catalog.Catalog catalog = folder.Open(repository))
        {
            Assert.True(catalog.IsNew);
            Assert.True(catalog.IsKept);
            Assert.Empty(catalog.Packs());
            Assert.Empty(catalog.Snapshots());
            catalog.AddPacks([pack]);
        }

        using Store.Catalog.Catalog again = folder.Open(repository);
        Assert.False(again.IsNew);
        CatalogTests.AssertHolds(again, [pack]);
    }

    private static string? Sqlite3(string path, string sql)
    {
        try
        {
            using Process process =
                Process.Start(new ProcessStartInfo("sqlite3", [path, sql]) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
