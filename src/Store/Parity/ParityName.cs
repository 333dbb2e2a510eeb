using JadaStore.Store.Model;

namespace JadaStore.Store.Parity;

/// <summary>What a pack's parity is called in the backend: <c>parity/XX/ID</c>.</summary>
internal static class ParityName
{
    /// <summary>Where all parity lies.</summary>
    public const string Folder = "parity";

    /// <summary>The name of a pack's parity.</summary>
    public static string Of(PackId pack)
    {
        string id = pack.ToString();
        return $"{Folder}/{id[..2]}/{id}";
    }

    /// <summary>Whose parity has that name; whatever else lies in the folder is none.</summary>
    public static bool TryParse(string name, out PackId pack) =>
        PackId.TryParse(name.AsSpan(name.LastIndexOf('/') + 1), out pack) && Of(pack) == name;
}
