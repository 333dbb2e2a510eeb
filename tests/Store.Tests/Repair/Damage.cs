using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Repair;

/// <summary>Damages the files of a repository, and asks what became of it.</summary>
internal static class Damage
{
    public static string[] Packs(TempRepository temp) =>
        [.. Directory.GetFiles(Path.Combine(temp.Folder, "packs"), "*", SearchOption.AllDirectories).Order(
            StringComparer.Ordinal)];

    // The byte of the header that says what a pack holds.
    public static bool IsPages(string pack) => File.ReadAllBytes(pack)[9] == 1;

    public static byte[] Flip(byte[] bytes, int at)
    {
        byte[] bad = [.. bytes];
        bad[at] ^= (byte)(1 << (at % 8));
        return bad;
    }

    public static void DeleteCatalog(TempRepository temp)
    {
        foreach (string file in Directory.GetFiles(temp.Folder, "catalog.db*"))
        {
            File.Delete(file);
        }
    }

    /// <summary>All files but the catalog and the locks, by name.</summary>
    public static SortedDictionary<string, byte[]> FilesOf(TempRepository temp, string folder = "")
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        string root = Path.Combine(temp.Folder, folder);
        foreach (string path in Directory.Exists(root) ? Directory.GetFiles(root, "*", SearchOption.AllDirectories) : [])
        {
            string name = Path.GetRelativePath(temp.Folder, path);
            if (!name.StartsWith("catalog.db", StringComparison.Ordinal)
                && !name.StartsWith("locks", StringComparison.Ordinal))
            {
                files.Add(name, File.ReadAllBytes(path));
            }
        }

        return files;
    }

    public static Task<RepairReport> RepairAsync(TempRepository temp) =>
        temp.Store.RepairAsync(new RepairRequest(), null, default);

    public static Task<VerifyReport> VerifyAsync(TempRepository temp) =>
        temp.Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default);
}
