namespace JadaStore.Store.Locks;

/// <summary>A session that lives, as others see it.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Holder">Whose it is; null when it does not say.</param>
internal sealed record RunningSession(string Path, LockHolder? Holder)
{
    /// <summary>What the file ends with that lists the packs that it writes.</summary>
    public const string PacksEnding = ".packs";

    /// <summary>Whose it is, for a message.</summary>
    public string Name => Holder?.ToString() ?? $"a process that holds {Path}";

    /// <summary>
    /// Whether it began after it could see a condemned document, and so builds on none of its packs. One that does not
    /// say what it saw has seen nothing.
    /// </summary>
    public bool HasSeen(string condemned) => Holder?.View?.Condemned.Contains(condemned) == true;

    /// <summary>Whether it may carry over what a snapshot holds.</summary>
    public bool MayNeed(string snapshot) => Holder?.View is not { } view || view.Snapshots.Contains(snapshot);

    /// <summary>The packs that it has begun to write.</summary>
    public IReadOnlyCollection<string> Packs()
    {
        try
        {
            return File.Exists(Path + PacksEnding) ? File.ReadAllLines(Path + PacksEnding) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Removes what lies beside a session's file, if that can be done.</summary>
    public static void RemoveFilesBeside(string path)
    {
        HolderFile.Remove(path);
        FileBeside.Remove(path + PacksEnding);
    }
}
