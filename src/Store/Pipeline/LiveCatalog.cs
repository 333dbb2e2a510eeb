using JadaStore.Store.Catalog;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// The catalog in use. When it fails, another takes its place, which is empty until <see cref="ChunkIndex"/> fills it.
/// </summary>
/// <remarks>
/// A damaged one is made anew in its place; where it cannot be written or read, or another process does not let go of
/// it, one in memory serves until this process ends. Thread-safe.
/// </remarks>
internal sealed class LiveCatalog(Func<CatalogOpening, Catalog.Catalog> open) : IDisposable
{
    private readonly Lock _lock = new();
    private Catalog.Catalog _current = open(CatalogOpening.AsItIs);
    private volatile int _generation;
    private bool _isPrivate;

    /// <summary>The catalog of now.</summary>
    public Catalog.Catalog Current => Volatile.Read(ref _current);

    /// <summary>Changes with each new one.</summary>
    public int Generation => _generation;

    /// <summary>
    /// As <see cref="Generation"/>, but never that of one which another has taken the place of already.
    /// </summary>
    public int SettledGeneration
    {
        get
        {
            lock (_lock)
            {
                return _generation;
            }
        }
    }

    /// <summary>Asks it something.</summary>
    /// <exception cref="StoreException">It failed, and was replaced where that may help: ask again when the new one is
    /// filled.</exception>
    public T Ask<T>(Func<Catalog.Catalog, T> question)
    {
        Catalog.Catalog asked = Current;
        try
        {
            return question(asked);
        }
        catch (StoreException e) when (CatalogFault.Is(e))
        {
            Replace(asked, e);
            throw;
        }
    }

    /// <summary>Asks it something that can do without an answer.</summary>
    public T Ask<T>(Func<Catalog.Catalog, T> question, T otherwise)
    {
        try
        {
            return Ask(question);
        }
        catch (StoreException e) when (CatalogFault.Is(e))
        {
            return otherwise;
        }
    }

    /// <summary>As <see cref="Ask{T}(Func{Catalog.Catalog, T})"/>.</summary>
    public void Tell(Action<Catalog.Catalog> change) => Ask(catalog =>
    {
        change(catalog);
        return true;
    });

    /// <summary>Tells it what it may as well not know.</summary>
    public void TellIfPossible(Action<Catalog.Catalog> change) => Ask(
        catalog =>
        {
            change(catalog);
            return true;
        },
        false);

    /// <summary>Puts a new one in the place of one that failed, unless that was done meanwhile.</summary>
    /// <param name="failed">The one that failed.</param>
    /// <param name="why">How.</param>
    public void Replace(Catalog.Catalog failed, StoreException why)
    {
        lock (_lock)
        {
            if (ReferenceEquals(failed, _current) && !_isPrivate)
            {
                Put(why.Fault == StoreFault.Corrupt ? CatalogOpening.Anew : CatalogOpening.Private);
            }
        }
    }

    /// <summary>Throws away what it holds.</summary>
    public void Renew()
    {
        lock (_lock)
        {
            Put(CatalogOpening.Anew);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _current.Dispose();

    private void Put(CatalogOpening how)
    {
        _current.Dispose();                // first: while it is read, the file cannot be emptied
        Catalog.Catalog next;
        try
        {
            next = open(how);
        }
        catch (StoreException e) when (how == CatalogOpening.Anew && CatalogFault.Is(e))
        {
            next = open(how = CatalogOpening.Private);
        }

        _isPrivate = how == CatalogOpening.Private;
        Volatile.Write(ref _current, next);
        _generation++;
    }
}
