using System.Text.Json;

namespace JadaStore.Store.Locks;

/// <summary>The file beside a lock that names who holds it: <c>NAME.holder</c>.</summary>
internal static class HolderFile
{
    /// <summary>What the names of these files end with.</summary>
    public const string Ending = ".holder";

    private const long MaxLength = 64 << 20;

    /// <summary>
    /// Writes it, over what a holder that died left there. Not durable: it means nothing without its lock.
    /// </summary>
    public static void Write(string lockPath, LockHolder holder) =>
        File.WriteAllBytes(
            lockPath + Ending, JsonSerializer.SerializeToUtf8Bytes(holder, LocksJson.Default.LockHolder));

    /// <summary>Who says that it holds the lock; null when nobody does, or nobody can tell.</summary>
    public static LockHolder? TryRead(string lockPath)
    {
        try
        {
            var file = new FileInfo(lockPath + Ending);
            return file.Exists && file.Length <= MaxLength
                ? JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), LocksJson.Default.LockHolder)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes it, if that can be done.</summary>
    public static void Remove(string lockPath) => FileBeside.Remove(lockPath + Ending);
}
