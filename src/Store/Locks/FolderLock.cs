namespace JadaStore.Store.Locks;

/// <summary>A lock that all processes on a folder respect; it names its holder and dies with it.</summary>
/// <remarks>A file that is held open and shared with nobody: the system lets go of it when the process ends, however it
/// ends.</remarks>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly string _path;
    private readonly FileStream _file;

    private FolderLock(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Waits until the lock is free and takes it.</summary>
    /// <param name="path">The lock file; made when missing, left when released.</param>
    /// <param name="holder">Who takes it.</param>
    /// <param name="patience">How long to wait for another holder; it is tried once at least.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Locked"/>: it was not free in time;
    /// <see cref="StoreFault.Io"/>.</exception>
    public static async Task<FolderLock> TakeAsync(
        string path, LockHolder holder, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        long begun = time.GetTimestamp();
        while (true)
        {
            if (TryTake(path, holder, FileOptions.None) is { } taken)
            {
                return taken;
            }

            if (time.GetElapsedTime(begun) >= patience)
            {
                string other = HolderFile.TryRead(path) is { } known ? $": {known}" : "";
                throw new StoreException(
                    StoreFault.Locked, $"Another process holds the lock {path}{other}.",
                    "Wait for it to end. A lock dies with its process: the file itself may stay.");
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the lock if it is free; null when another holds it.</summary>
    /// <param name="path">The lock file; made when missing.</param>
    /// <param name="holder">Who takes it; null when nobody needs to know.</param>
    /// <param name="options">
    /// <see cref="FileOptions.DeleteOnClose"/> for a lock that only one process ever takes.
    /// </param>
    /// <exception cref="StoreException"><see cref="StoreFault.Io"/>.</exception>
    public static FolderLock? TryTake(string path, LockHolder? holder, FileOptions options)
    {
        FileStream? file = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            file = new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, options);
            if (holder is not null)
            {
                HolderFile.Write(path, holder);
            }

            return new FolderLock(path, file);
        }
        catch (IOException e) when (file is null && IsHeld(e))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new StoreException(
                StoreFault.Io, $"The lock {path} cannot be made: {e.Message}",
                "Check the folder's permissions and space.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        HolderFile.Remove(_path);
        _file.Dispose();
    }

    // The code of the system's error: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
