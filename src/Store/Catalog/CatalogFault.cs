namespace JadaStore.Store.Catalog;

/// <summary>
/// The cause in every <see cref="StoreException"/> that says that the catalog failed, not the repository: what it knew,
/// the packs know as well.
/// </summary>
/// <param name="message">What SQLite says.</param>
internal sealed class CatalogFault(string message) : Exception(message)
{
    /// <summary>Whether a failure is the catalog's.</summary>
    public static bool Is(StoreException failure) => failure.InnerException is CatalogFault;
}
