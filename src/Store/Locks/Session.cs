namespace JadaStore.Store.Locks;

/// <summary>
/// A run that builds on packs without naming them yet: while it lives, nothing that it may need is deleted.
/// </summary>
/// <remarks>Its file is a lock that only its own process takes, so a session whose lock can be taken is dead.</remarks>
internal sealed class Session : IDisposable
{
    private readonly string _path;
    private readonly FolderLock _lock;
    private readonly Lock _writing = new();

    /// <param name="path">Its file, held by <paramref name="held"/>.</param>
    /// <param name="held">Released with this.</param>
    public Session(string path, FolderLock held) => (_path, _lock) = (path, held);

    /// <summary>Says that a pack is being written that nothing names yet, so that a prune leaves it alone.</summary>
    /// <remarks>A courtesy: without it the pack would be condemned, but never deleted before this ends.</remarks>
    public void Writes(string pack)
    {
        lock (_writing)
        {
            File.AppendAllText(_path + RunningSession.PacksEnding, pack + "\n");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        RunningSession.RemoveFilesBeside(_path);
        _lock.Dispose();
    }
}
