namespace JadaStore.Store.Backends;

/// <summary>The file system's exceptions → ours: what failed, on which path, and what to do.</summary>
internal static class FolderFault
{
    // errno as .NET keeps it in HResult on Unix, and Win32 codes as HRESULTs.
    private const int LinuxQuota = 122, MacQuota = 69, NoSpace = 28, ReadOnly = 30;
    private const int WindowsDiskFull = unchecked((int)0x8007_0070), WindowsHandleDiskFull = unchecked((int)0x8007_0027);

    /// <summary>Whether <see cref="Wrap"/> knows what to say of it.</summary>
    public static bool Covers(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <param name="verb">What was tried: "write".</param>
    /// <param name="path">On what.</param>
    /// <param name="cause">An exception that <see cref="Covers"/> knows.</param>
    public static StoreException Wrap(string verb, string path, Exception cause)
    {
        (string reason, string hint) = Explain(cause);
        return new StoreException(StoreFault.Io, $"Cannot {verb} {path}: {reason}.", hint, cause);
    }

    private static (string Reason, string Hint) Explain(Exception cause) => cause switch
    {
        UnauthorizedAccessException =>
            ("permission denied", "Run as the user that owns the repository, or give this one the right to it."),
        FileNotFoundException or DirectoryNotFoundException =>
            ("it is not there", "Something else removed it, or the disk went away. Is the repository's disk mounted?"),
        { HResult: NoSpace or WindowsDiskFull or WindowsHandleDiskFull } =>
            ("the disk is full", "Make room and run the same command again; what is stored already is kept and used."),
        { HResult: LinuxQuota } when OperatingSystem.IsLinux() => QuotaReached,
        { HResult: MacQuota } when OperatingSystem.IsMacOS() => QuotaReached,
        { HResult: ReadOnly } =>
            ("the file system is read-only", "Mount it writable, or choose another place with --repo."),
        _ => (cause.Message.TrimEnd('.'), "Check the disk that holds the repository, then run the same command again."),
    };

    private static (string Reason, string Hint) QuotaReached =>
        ("the disk quota is used up", "Make room and run the same command again; what is stored already is kept and used.");
}
