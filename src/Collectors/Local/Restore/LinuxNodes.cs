using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>Makes what has no content: symbolic links, pipes, sockets and devices.</summary>
internal static class LinuxNodes
{
    /// <summary>
    /// Makes it under a name that must be free; whatever its entry says, only its owner can use it yet.
    /// </summary>
    /// <returns>0, or the kernel's reason.</returns>
    /// <exception cref="IOException">The entry does not say enough, or more than the kernel can keep.</exception>
    public static int Make(int folder, ReadOnlySpan<byte> name, Entry entry)
    {
        int result = entry.Kind switch
        {
            EntryKind.Symlink => LinuxCalls.MakeSymlink(LinkTarget(entry), folder, name),
            EntryKind.Pipe => LinuxCalls.MakeNode(folder, name, 0x1000 | Mode(entry), 0),
            EntryKind.Socket => LinuxCalls.MakeNode(folder, name, 0xC000 | Mode(entry), 0),
            EntryKind.CharacterDevice => LinuxCalls.MakeNode(folder, name, 0x2000 | Mode(entry), Device(entry)),
            EntryKind.BlockDevice => LinuxCalls.MakeNode(folder, name, 0x6000 | Mode(entry), Device(entry)),
            EntryKind.File or EntryKind.Folder =>
                throw new ArgumentException("Files and folders are made elsewhere.", nameof(entry)),
        };
        return result == 0 ? 0 : LinuxCalls.Error;
    }

    /// <summary>What a person calls it.</summary>
    public static string Word(EntryKind kind) => kind switch
    {
        EntryKind.File => "file",
        EntryKind.Folder => "folder",
        EntryKind.Symlink => "symbolic link",
        EntryKind.Pipe => "pipe",
        EntryKind.Socket => "socket",
        EntryKind.CharacterDevice => "character device",
        EntryKind.BlockDevice => "block device",
    };

    private static uint Mode(Entry entry) => entry.Mode is null ? 0x1B6u : 0x180u;

    private static byte[] LinkTarget(Entry entry)
    {
        byte[] target = entry.LinkTarget ?? [];
        return target.Length is > 0 and < 4096 && !target.Contains((byte)0)
            ? [.. target, 0]
            : throw new IOException(
                "cannot make a symbolic link: its target is empty, too long or has a NUL byte in it");
    }

    // The kernel keeps 12 bits of the one and 20 of the other.
    private static uint Device(Entry entry)
    {
        DeviceNumber device = entry.Device ?? new DeviceNumber(uint.MaxValue, 0);
        return device.Major < 1 << 12 && device.Minor < 1 << 20
            ? (device.Minor & 0xFF) | (device.Major << 8) | ((device.Minor & ~0xFFu) << 12)
            : throw new IOException("cannot make a device: the entry has no numbers that the kernel could keep");
    }
}
