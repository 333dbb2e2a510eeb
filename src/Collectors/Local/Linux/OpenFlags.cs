using System.Runtime.InteropServices;

namespace JadaStore.Collectors.Local.Linux;

/// <summary>The kernel's flags for opening; two of them differ between x64 and arm64.</summary>
internal static class OpenFlags
{
    /// <summary>Do not wait for the other end of a pipe, nor for a device.</summary>
    public const int NonBlocking = 0x800;

    /// <summary>Leave the time of the last access as it is; only for the file's owner and for root.</summary>
    public const int NoAccessTime = 0x4_0000;

    /// <summary>Not handed on to programs that are started.</summary>
    public const int CloseOnExec = 0x8_0000;

    /// <summary>Only a place in the tree: nothing is opened, so no permission to read is needed.</summary>
    public const int PathOnly = 0x20_0000;

    /// <summary>Fails unless it is a folder.</summary>
    public static int Folder => IsArm64 ? 0x4000 : 0x1_0000;

    /// <summary>Fails if it is a symbolic link; with <see cref="PathOnly"/> the link itself is meant.</summary>
    public static int NoFollow => IsArm64 ? 0x8000 : 0x2_0000;

    private static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
}
