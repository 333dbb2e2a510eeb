using System.Runtime.InteropServices;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>Why a call failed, by the kernel's number, and the exception that says it.</summary>
internal static class LinuxErrors
{
    public const int NotPermitted = 1, Missing = 2, Interrupted = 4, AccessDenied = 13, Exists = 17, OtherDevice = 18,
        NoFolder = 20, IsFolder = 21, OutOfRange = 34, NotImplemented = 38, NotEmpty = 39, Loop = 40, NoData = 61,
        NotSupported = 95;

    /// <param name="what">What failed, as the start of a sentence.</param>
    /// <param name="error">The kernel's number.</param>
    public static IOException Because(string what, int error) => new($"{what}: {Text(error)}");

    /// <summary>The reason in plain words: <c>permission denied</c>.</summary>
    public static string Text(int error)
    {
        string text = Marshal.GetPInvokeErrorMessage(error);
        return text.Length > 1 && !char.IsUpper(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
