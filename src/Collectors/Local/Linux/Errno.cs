using System.Runtime.InteropServices;

namespace JadaStore.Collectors.Local.Linux;

/// <summary>The kernel's error numbers, and what to say of them.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int NoDeviceOrAddress = 6;
    public const int TryAgain = 11;
    public const int AccessDenied = 13;
    public const int NotAFolder = 20;
    public const int OutOfRange = 34;
    public const int NoSuchCall = 38;
    public const int TooManyLinks = 40;
    public const int NoData = 61;
    public const int NotSupported = 95;

    /// <summary>The number of the call that failed last on this thread.</summary>
    public static int Last => Marshal.GetLastPInvokeError();

    /// <summary>In plain words, without a path.</summary>
    public static string Message(int error) => error switch
    {
        NotPermitted or AccessDenied => "permission denied",
        NoEntry => "no such file (vanished while the snapshot ran)",
        NotAFolder or TooManyLinks => "replaced by something else while the snapshot ran",
        TryAgain => "nothing to read now, and waiting could take for ever",
        _ => Lower(Marshal.GetPInvokeErrorMessage(error)),
    };

    /// <summary>The exception for a call that failed.</summary>
    public static Exception Exception(int error) => error is NotPermitted or AccessDenied
        ? new UnauthorizedAccessException(Message(error))
        : new IOException(Message(error), error);

    private static string Lower(string text) =>
        text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
}
