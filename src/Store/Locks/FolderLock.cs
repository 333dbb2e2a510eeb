namespace JadaStore.Store.Locks;

/// <summary>A lock that all processes on a folder respect; it dies with its holder.</summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Waits until the lock is free and takes it.</summary>
    /// <param name="path">The lock file; made when missing, left when released.</param>
    /// <param name="patience">How long to wait for another holder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Locked"/>: it was not free in time;
    /// <see cref="StoreFault.Io"/>.</exception>
    public static async Task<FolderLock> TakeAsync(string path, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        long begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (time.GetElapsedTime(begun) > patience)
                {
                    throw new StoreException(
                        StoreFault.Locked, $"Another process holds the lock {path}.",
                        "Wait for it to end. A lock dies with its process: the file itself may stay.", e);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StoreException(StoreFault.Io, $"The lock {path} cannot be made: {e.Message}", "Check the folder's permissions.", e);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
