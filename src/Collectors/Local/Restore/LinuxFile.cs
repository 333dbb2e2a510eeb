namespace JadaStore.Collectors.Local.Restore;

/// <summary>An open file or folder of the kernel's, closed when disposed.</summary>
/// <param name="number">The descriptor; -1 for none.</param>
/// <param name="isShared">Somebody else closes it.</param>
internal readonly struct LinuxFile(int number, bool isShared = false) : IDisposable
{
    /// <summary>The descriptor.</summary>
    public int Number => number;

    public void Dispose()
    {
        if (number >= 0 && !isShared)
        {
            _ = LinuxCalls.Close(number);
        }
    }
}
