namespace JadaStore.Store.Catalog;

/// <summary>How a catalog is opened.</summary>
internal enum CatalogOpening
{
    /// <summary>With what it holds, as far as that is good.</summary>
    AsItIs,

    /// <summary>Emptied.</summary>
    Anew,

    /// <summary>Empty, in memory, without looking at the file; nothing of it is kept.</summary>
    Private,
}
