using System.Runtime.InteropServices;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>What openat2 is asked, in the kernel's layout.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinuxOpenHow
{
    /// <summary>Its length in bytes.</summary>
    public const int Size = 24;

    public ulong Flags;
    public ulong Mode;
    public ulong Resolve;
}
