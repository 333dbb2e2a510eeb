using System.Runtime.InteropServices;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>A time in the kernel's layout.</summary>
/// <param name="Seconds">Since 1970.</param>
/// <param name="Nanoseconds">0 to 999,999,999, or a mark such as <see cref="Omit"/>'s.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct LinuxTime(long Seconds, long Nanoseconds)
{
    /// <summary>Leaves a time as it is.</summary>
    public static LinuxTime Omit => new(0, (1 << 30) - 2);
}
