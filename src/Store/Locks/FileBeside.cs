namespace JadaStore.Store.Locks;

/// <summary>A file that lies beside a lock's and says something about who holds it.</summary>
internal static class FileBeside
{
    /// <summary>Removes it, if that can be done.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody believes it without the lock, and the next holder writes over it.
        }
    }
}
