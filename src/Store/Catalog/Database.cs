using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace JadaStore.Store.Catalog;

/// <summary>One connection to an SQLite file; not safe to share between threads.</summary>
/// <remarks>Its failures are <see cref="StoreException"/>: Corrupt where the file is at fault, Locked, or Io.</remarks>
internal sealed class Database : IDisposable
{
    /// <summary>How long to wait for another process: 30 s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Pages of 4 KiB, 64 MiB in all: chunks fall on pages in no order, so the longer the log may grow, the more often
    // a page is written once for many changes. Measured: half the time of SQLite's own 1,000 pages.
    private const int CheckpointPages = 16_384;

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly int _busyMilliseconds;

    private Database(SqliteConnection connection, string path, TimeSpan patience)
    {
        _connection = connection;
        _path = path;
        _busyMilliseconds = (int)patience.TotalMilliseconds;
    }

    /// <summary>Whether readers and a writer do not wait for one another; known after <see cref="Tune"/>.</summary>
    public bool HasLog { get; private set; }

    /// <summary>
    /// Whether the file must not be changed, by its permissions or by what its header says; known once it was read.
    /// </summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(Handle, "main") != 0;

    private sqlite3 Handle => _connection.Handle!;

    /// <summary>Opens a file. SQLite looks into it only at the first statement.</summary>
    /// <param name="path">The file; empty for one that is private to this connection and gone with it.</param>
    /// <param name="mode">Whether to make it when it is not there.</param>
    public static Database Open(string path, SqliteOpenMode mode) => Open(path, mode, Patience);

    /// <summary>As the other, with a patience of one's own.</summary>
    public static Database Open(string path, SqliteOpenMode mode, TimeSpan patience)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false };
        var connection = new SqliteConnection(text.ToString());
        var database = new Database(connection, path, patience);
        try
        {
            connection.Open();
            database.Check(raw.sqlite3_busy_timeout(connection.Handle!, database._busyMilliseconds));
            // A file that was tampered with must not bring code of its own along.
            database.Execute("PRAGMA trusted_schema = OFF");
            return database;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Failure(e.SqliteErrorCode, e.Message, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sets how the file is written: with a log beside it where the file system can do that.</summary>
    /// <remarks>
    /// After a power cut the last transactions may be missing, never half there: what a catalog lacks is read from the
    /// packs again. Without shared memory (some network file systems) SQLite refuses the log and keeps its journal.
    /// </remarks>
    public void Tune()
    {
        HasLog = SwitchToLog();
        if (!HasLog)
        {
            Text("PRAGMA journal_mode = TRUNCATE");
        }

        Execute("PRAGMA synchronous = NORMAL");
        Execute("PRAGMA cache_size = -32768"); // KiB: 32 MiB
        Execute("PRAGMA temp_store = MEMORY");
        Text($"PRAGMA wal_autocheckpoint = {CheckpointPages}");
    }

    // Two that switch a new catalog at once would wait for each other for ever, so SQLite gives up on one at once,
    // however long it may wait: the switch is tried again here.
    private bool SwitchToLog()
    {
        long end = Environment.TickCount64 + _busyMilliseconds;
        while (true)
        {
            try
            {
                return Text("PRAGMA journal_mode = WAL") == "wal";
            }
            catch (StoreException e) when (e.Fault is StoreFault.Locked && Environment.TickCount64 < end)
            {
#pragma warning disable RS0030 // There is no event to wait for: the other is another process.
                Thread.Sleep(5);
#pragma warning restore RS0030
            }
        }
    }

    /// <summary>Runs statements of which no row is wanted.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(Handle, sql));

    /// <summary>How many bytes the file has, or will have when all that is in the log has come to it.</summary>
    public long Size
    {
        get
        {
            using Statement size = Prepare("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
            return size.Step() ? size.Int64(0) : 0;
        }
    }

    /// <summary>Makes a statement that is kept.</summary>
    public Statement Prepare(string sql)
    {
        const uint Persistent = 1;
        Check(raw.sqlite3_prepare_v3(Handle, sql, Persistent, out sqlite3_stmt statement));
        return new Statement(this, statement);
    }

    /// <summary>The first column of the first row, as text; empty without a row.</summary>
    public string Text(string sql)
    {
        using Statement statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    /// <summary>Does all of <paramref name="work"/> or nothing, alone among writers.</summary>
    public void InTransaction(Action work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            Execute("COMMIT");
        }
        catch
        {
            // SQLite may have rolled back by itself already; then this fails, and nothing is lost.
            _ = raw.sqlite3_exec(Handle, "ROLLBACK");
            throw;
        }
    }

    /// <summary>As <see cref="InTransaction"/>; when it returns, what it wrote is on the disk, and all that anybody
    /// wrote before.</summary>
    /// <param name="work">Writes something: a transaction that changes nothing makes nothing durable.</param>
    public void InDurableTransaction(Action work)
    {
        Execute("PRAGMA synchronous = FULL");
        try
        {
            InTransaction(work);
        }
        finally
        {
            _ = raw.sqlite3_exec(Handle, "PRAGMA synchronous = NORMAL");
        }
    }

    /// <summary>Empties the file, whatever is in it, even if it is no database.</summary>
    /// <remarks>In its place and under SQLite's locks, so that another process that has it open is not left with a
    /// ghost.</remarks>
    public void Empty()
    {
        Check(raw.sqlite3_db_config(Handle, ResetDatabase, 1, out _));
        int code = raw.sqlite3_exec(Handle, "VACUUM");
        Check(raw.sqlite3_db_config(Handle, ResetDatabase, 0, out _));
        Check(code);
    }

    /// <summary>Makes <paramref name="target"/> a copy of this.</summary>
    public void CopyTo(Database target)
    {
        try
        {
            _connection.BackupDatabase(target._connection);
        }
        catch (SqliteException e)
        {
            throw Failure(e.SqliteErrorCode, e.Message, _path);
        }
    }

    /// <summary>Does nothing for a code that is no failure.</summary>
    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failure(code);
        }
    }

    /// <summary>The exception for a failure that was just reported.</summary>
    public StoreException Failure(int code) => Failure(code,
        raw.sqlite3_errcode(Handle) == code
            ? raw.sqlite3_errmsg(Handle).utf8_to_string()
            : raw.sqlite3_errstr(code).utf8_to_string(),
        _path);

    /// <summary>The exception for a row that says what cannot be.</summary>
    public StoreException Damage() => Failure(raw.SQLITE_CORRUPT);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private const int ResetDatabase = 1009; // SQLITE_DBCONFIG_RESET_DATABASE

    private static StoreException Failure(int code, string message, string path)
    {
        string name = path.Length == 0 ? "in memory" : path;
        return (code & 0xFF) switch
        {
            // SQLITE_ERROR is a statement that does not fit the tables: somebody else's tables.
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_ERROR or raw.SQLITE_SCHEMA or raw.SQLITE_MISMATCH
                or raw.SQLITE_CONSTRAINT => new StoreException(StoreFault.Corrupt,
                    $"The catalog {name} is damaged: {message}.",
                    "It only caches what the packs say: `jstore catalog rebuild` makes it anew.", new CatalogFault(message)),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StoreException(StoreFault.Locked,
                $"Another process has kept the catalog {name} locked.",
                "Wait for it to finish, and try again.", new CatalogFault(message)),
            raw.SQLITE_FULL => new StoreException(StoreFault.Io, $"The disk is full: the catalog {name} cannot grow.",
                "Free some space, and try again.", new CatalogFault(message)),
            _ => new StoreException(StoreFault.Io, $"The catalog {name} cannot be used: {message}.",
                "Check that the folder can be written to.", new CatalogFault(message)),
        };
    }
}
