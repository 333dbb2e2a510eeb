using System.Security.Cryptography;
using System.Text;

namespace JadaStore.Store.Tests.Crash;

/// <summary>What a disk holds when the machine starts: folders and files by full path.</summary>
internal sealed record DiskImage(IReadOnlySet<string> Folders, IReadOnlyDictionary<string, byte[]> Files)
{
    /// <summary>A disk with one folder, and those above it.</summary>
    public static DiskImage Empty(string folder)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            folders.Add(at);
        }

        return new DiskImage(folders, new Dictionary<string, byte[]>());
    }

    /// <summary>The same with one file changed; null: without it.</summary>
    public DiskImage With(string path, byte[]? bytes)
    {
        var files = new Dictionary<string, byte[]>(Files);
        files.Remove(path);
        if (bytes is not null)
        {
            files[path] = bytes;
        }

        return this with { Files = files };
    }

    /// <summary>Tells images apart; what lies in <c>tmp</c>, which nothing reads, only by its names.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string folder in Folders.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{folder}\0"));
        }

        foreach ((string path, byte[] bytes) in Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0"));
            hash.AppendData(path.Contains("/tmp/", StringComparison.Ordinal) ? [] : SHA256.HashData(bytes));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
