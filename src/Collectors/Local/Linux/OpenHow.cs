using System.Runtime.InteropServices;

namespace JadaStore.Collectors.Local.Linux;

/// <summary>The kernel's <c>struct open_how</c>.</summary>
/// <param name="Flags">As for open.</param>
/// <param name="Mode">Always 0: nothing is created.</param>
/// <param name="Resolve">Conditions on the way to the file.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct OpenHow(ulong Flags, ulong Mode, ulong Resolve)
{
    /// <summary>No part of the path may be a symbolic link.</summary>
    public const ulong NoSymlinks = 0x04;
}
