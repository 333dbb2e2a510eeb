namespace JadaStore.Collectors.Local.Portable;

/// <summary>Puts the framework's failures into the words that the Linux calls have, without paths.</summary>
internal static class PortableFault
{
    /// <summary>In plain words.</summary>
    public static string Message(Exception failure) => failure switch
    {
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException or DirectoryNotFoundException => "no such file (vanished while the snapshot ran)",
        _ when failure.InnerException is null && !failure.Message.Contains('\'') => failure.Message,
        _ => FormattableString.Invariant($"cannot be read (error 0x{failure.HResult:X8})"),
    };

    /// <summary>Runs a call of the framework.</summary>
    /// <exception cref="IOException">It failed.</exception>
    /// <exception cref="UnauthorizedAccessException">It was not allowed.</exception>
    public static T Run<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException(Message(e), e);
        }
        catch (IOException e)
        {
            throw new IOException(Message(e), e);
        }
    }
}
