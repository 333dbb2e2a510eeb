namespace JadaStore.Store.Backends;

/// <summary>The file system's exceptions → ours: what failed, on which path, and what to do.</summary>
internal static class FolderFault
{
    // errno as .NET keeps it in HResult on Unix, and Win32 codes as HRESULTs.
    private const int LinuxQuota = 122, MacQuota = 69, NoSpace = 28, ReadOnly = 30, DeviceError = 5;
    private const int WindowsDiskFull =
        unchecked((int)0x8007_0070), WindowsHandleDiskFull = unchecked((int)0x8007_0027);

    private const int WindowsBadChecksum = unchecked((int)0x8007_0017), WindowsNoSector = unchecked((int)0x8007_001B);
    private const int WindowsReadFault = unchecked((int)0x8007_001E), WindowsDevice = unchecked((int)0x8007_045D);

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

    /// <summary>Whether the disk said that it cannot read these bytes; whatever else fails a reading is none of theirs:
    /// no permission, a disk that is gone, a network that does not answer.</summary>
    public static bool IsOfTheseBytes(IOException cause) => OperatingSystem.IsWindows()
        ? cause.HResult is WindowsBadChecksum or WindowsNoSector or WindowsReadFault or WindowsDevice
        : cause.HResult is DeviceError;

    /// <param name="path">What was read.</param>
    /// <param name="offset">From which byte on.</param>
    /// <param name="length">How many.</param>
    /// <param name="cause">An exception of which <see cref="IsOfTheseBytes"/>.</param>
    public static StoreException Unreadable(string path, long offset, int length, IOException cause) => new(
        StoreFault.Unreadable, $"Cannot read {length} bytes at byte {offset} of {path}: {cause.Message.TrimEnd('.')}.",
        "The disk cannot read them. Copy the repository to a good one as far as that goes; `jstore repair` then puts right what it can.", cause);

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
