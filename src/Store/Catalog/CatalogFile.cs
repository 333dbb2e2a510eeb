using System.Text;
using Microsoft.Data.Sqlite;

namespace JadaStore.Store.Catalog;

/// <summary>
/// Opens <c>catalog.db</c> and sees to it that what is open is a catalog of this repository, in the shape of
/// schema.sql.
/// </summary>
internal static class CatalogFile
{
    private static readonly string Schema = ReadSchema();

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="repositoryId">Whose it must be.</param>
    /// <param name="anew">Whether to throw away what it holds.</param>
    /// <param name="isNew">Whether it is empty, as it was not there, not usable, or thrown away.</param>
    /// <param name="isKept">
    /// False when nothing can be written there, or another process does not let go of it: then it is a copy, or empty,
    /// and gone when it is closed.
    /// </param>
    public static Database Open(string path, ReadOnlySpan<byte> repositoryId, bool anew, out bool isNew, out bool isKept) =>
        Open(path, repositoryId, anew, Database.Patience, out isNew, out isKept);

    /// <summary>As the other, with a patience of one's own.</summary>
    public static Database Open(
        string path, ReadOnlySpan<byte> repositoryId, bool anew, TimeSpan patience, out bool isNew, out bool isKept)
    {
        Database? database = null;
        try
        {
            MakePrivate(path);
            database = Database.Open(path, SqliteOpenMode.ReadWriteCreate, patience);
            isNew = Settle(database, repositoryId, anew);
            isKept = true;
            return database;
        }
        catch (StoreException e) when (e.Fault is StoreFault.Io or StoreFault.Corrupt)
        {
            database?.Dispose();
        }
        catch (StoreException e) when (e.Fault is StoreFault.Locked)
        {
            // It cannot be read either; the packs can.
            database?.Dispose();
            isKept = false;
            return OpenPrivate(repositoryId, out isNew);
        }
        catch
        {
            database?.Dispose();
            throw;
        }

        isKept = false;
        return OpenCopy(path, repositoryId, anew, out isNew);
    }

    /// <summary>An empty catalog in memory.</summary>
    public static Database OpenPrivate(ReadOnlySpan<byte> repositoryId, out bool isNew)
    {
        // In memory, and not in a file that the system puts somewhere: the disk may be full.
        Database database = Database.Open(":memory:", SqliteOpenMode.ReadWriteCreate);
        try
        {
            isNew = Settle(database, repositoryId, anew: false);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A private copy of a file that can only be read, or an empty catalog when it cannot be read either.
    /// </summary>
    public static Database OpenCopy(string path, ReadOnlySpan<byte> repositoryId, bool anew, out bool isNew)
    {
        Database copy = Database.Open("", SqliteOpenMode.ReadWriteCreate);
        try
        {
            if (!anew && !TryCopy(path, copy) && Quiet(path))
            {
                // No process is writing, so the file alone is whole, and SQLite may do without the files beside it.
                TryCopy(new Uri(Path.GetFullPath(path)).AbsoluteUri + "?immutable=1", copy);
            }

            isNew = Settle(copy, repositoryId, anew);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes the file, if it is not there, for its owner only, as all files of a repository are; SQLite's own follow
    /// it.
    /// </summary>
    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows() || File.Exists(path))
        {
            return;
        }

        try
        {
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite | FileShare.Delete,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // SQLite will find the same, and say what.
        }
    }

    /// <summary>Leaves a catalog that is good; throws away what is none.</summary>
    /// <returns>Whether it was made anew, here and now.</returns>
    private static bool Settle(Database database, ReadOnlySpan<byte> repositoryId, bool anew)
    {
        byte[] id = repositoryId.ToArray();
        string shape = ShapeOfSchema();

        // In this order: what is not blank now, and not good a moment later, was not being made by another process.
        bool isBlank = IsBlank(database);
        bool isGood = !anew && !isBlank && IsGood(database, shape, id);
        if (!isBlank && !isGood)
        {
            database.Empty();
        }

        database.Tune();
        if (!isGood)
        {
            database.InTransaction(() =>
            {
                // Another process may have been quicker; then there is nothing left to do.
                isGood = IsGood(database, shape, id);
                if (!isGood)
                {
                    database.Execute(Schema);
                    using Statement insert = database.Prepare("INSERT INTO repository (id, is_checked) VALUES (?1, 0)");
                    insert.Bind(1, id).Run();
                }
            });
        }

        return !isGood;
    }

    /// <summary>
    /// Whether a catalog is whole as far as a glance can tell: header, size, shape, owner, and both ends of each table.
    /// </summary>
    private static bool IsGood(Database database, string shape, ReadOnlySpan<byte> repositoryId)
    {
        try
        {
            if (Shape(database) != shape || database.IsReadOnly)
            {
                return false;
            }

            using Statement owner = database.Prepare("SELECT id FROM repository");
            if (!owner.Step() || !owner.Bytes(0).SequenceEqual(repositoryId) || owner.Step())
            {
                return false;
            }

            owner.Reset();
            database.Text("""
                SELECT (SELECT max(number) FROM packs), (SELECT min(number) FROM blocks), (SELECT max(number) FROM blocks),
                       (SELECT min(prefix) FROM chunks), (SELECT max(prefix) FROM chunks), (SELECT max(rowid) FROM snapshots)
                """);
            return true;
        }
        catch (StoreException e) when (e.Fault == StoreFault.Corrupt)
        {
            return false;
        }
    }

    private static bool IsBlank(Database database)
    {
        try
        {
            return database.Text("SELECT count(*) FROM sqlite_schema") == "0"
                && database.Text("PRAGMA application_id") == "0"
                && database.Text("PRAGMA user_version") == "0";
        }
        catch (StoreException e) when (e.Fault == StoreFault.Corrupt)
        {
            return false;
        }
    }

    /// <summary>What tells one shape from another: the numbers in the header and every definition.</summary>
    private static string Shape(Database database)
    {
        var shape = new StringBuilder();
        shape.Append(database.Text("PRAGMA application_id")).Append(' ').Append(database.Text("PRAGMA user_version"));
        using Statement rows = database.Prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name");
        while (rows.Step())
        {
            shape.Append('\n').Append(rows.Text(0)).Append(' ').Append(rows.Text(1)).Append(' ').Append(rows.Text(2));
        }

        return shape.ToString();
    }

    private static string ShapeOfSchema()
    {
        using Database model = Database.Open(":memory:", SqliteOpenMode.ReadWriteCreate);
        model.Execute(Schema);
        return Shape(model);
    }

    private static bool TryCopy(string source, Database target)
    {
        try
        {
            using Database database = Database.Open(source, SqliteOpenMode.ReadOnly);
            database.CopyTo(target);
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    private static bool Quiet(string path)
    {
        var log = new FileInfo(path + "-wal");
        return !log.Exists || log.Length == 0;
    }

    private static string ReadSchema()
    {
        using Stream stream = typeof(CatalogFile).Assembly.GetManifestResourceStream("schema.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
