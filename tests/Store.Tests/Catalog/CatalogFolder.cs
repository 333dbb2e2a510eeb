using JadaStore.Store.Catalog;

namespace JadaStore.Store.Tests.Catalog;

/// <summary>A folder for one catalog, gone afterwards.</summary>
internal sealed class CatalogFolder : IDisposable
{
    private static readonly byte[] Repository = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jstore-catalog-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "catalog.db");

    public Store.Catalog.Catalog Open(byte[]? repository = null, bool anew = false) =>
        Store.Catalog.Catalog.Open(Path, repository ?? Repository, anew ? CatalogOpening.Anew : CatalogOpening.AsItIs);

    public Database OpenCopy(out bool isNew) => CatalogFile.OpenCopy(Path, Repository, anew: false, out isNew);

    public void Dispose() => _folder.Delete(recursive: true);
}
