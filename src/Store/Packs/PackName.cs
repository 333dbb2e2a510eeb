using JadaStore.Store.Model;

namespace JadaStore.Store.Packs;

/// <summary>What a pack is called in the backend: <c>packs/XX/ID</c>.</summary>
internal static class PackName
{
    /// <summary>Where all packs lie.</summary>
    public const string Folder = "packs";

    /// <summary>The name of a pack.</summary>
    public static string Of(PackId pack)
    {
        string id = pack.ToString();
        return $"{Folder}/{id[..2]}/{id}";
    }

    /// <summary>Which pack has that name; whatever else lies in the folder is none.</summary>
    public static bool TryParse(string name, out PackId pack) =>
        PackId.TryParse(name.AsSpan(name.LastIndexOf('/') + 1), out pack) && Of(pack) == name;
}
