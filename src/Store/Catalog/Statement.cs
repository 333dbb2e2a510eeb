using SQLitePCL;

namespace JadaStore.Store.Catalog;

/// <summary>A prepared statement that is used again and again; not safe to share between threads.</summary>
/// <remarks>
/// Calls SQLite without ADO.NET between: a look-up costs no allocation. Whoever steps through rows resets it
/// afterwards, also when something fails on the way, or its read transaction stays open.
/// </remarks>
internal sealed class Statement : IDisposable
{
    private readonly Database _database;
    private readonly sqlite3_stmt _statement;

    /// <param name="database">Used for what its failures say; disposed after this.</param>
    /// <param name="statement">Taken over.</param>
    public Statement(Database database, sqlite3_stmt statement)
    {
        _database = database;
        _statement = statement;
    }

    /// <summary>Sets a parameter; the first is 1.</summary>
    public Statement Bind(int parameter, long value)
    {
        _database.Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <summary>Sets a parameter to a copy of these bytes.</summary>
    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        _database.Check(raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="StoreException">SQLite failed; the statement is reset.</exception>
    public bool Step()
    {
        int code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return code == raw.SQLITE_ROW;
        }

        StoreException failure = _database.Failure(code);
        Reset();
        throw failure;
    }

    /// <summary>
    /// Ends it, so that it can be bound and stepped anew. What it said of a failure was thrown by <see cref="Step"/>.
    /// </summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    /// <summary>Runs a statement of which no row is wanted.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    /// <summary>A number of the row; the first column is 0.</summary>
    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A number of the row that is a length, a count or a position.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: it is negative or too large to be
    /// one.</exception>
    public int Int32(int column)
    {
        long value = Int64(column);
        return value is >= 0 and <= int.MaxValue ? (int)value : throw _database.Damage();
    }

    /// <summary>Bytes of the row; good until the next step or reset.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Bytes of the row that must be so many.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: they are not.</exception>
    public ReadOnlySpan<byte> Bytes(int column, int length)
    {
        ReadOnlySpan<byte> bytes = Bytes(column);
        return bytes.Length == length ? bytes : throw _database.Damage();
    }

    /// <summary>Text of the row.</summary>
    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();
}
