using System.Runtime.InteropServices;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>What statx tells of a file: the same layout on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct LinuxStat
{
    [FieldOffset(16)]
    public readonly uint Links;

    [FieldOffset(20)]
    private readonly uint _user;

    [FieldOffset(24)]
    private readonly uint _group;

    [FieldOffset(28)]
    private readonly ushort _mode;

    [FieldOffset(32)]
    private readonly ulong _inode;

    [FieldOffset(40)]
    public readonly long Size;

    [FieldOffset(112)]
    private readonly long _modifiedSeconds;

    [FieldOffset(120)]
    private readonly int _modifiedNanoseconds;

    [FieldOffset(128)]
    private readonly uint _deviceMajor;

    [FieldOffset(132)]
    private readonly uint _deviceMinor;

    [FieldOffset(136)]
    private readonly ulong _fileSystem;

    /// <summary>What it is; 0 for what no entry can be.</summary>
    public EntryKind Kind => (_mode & 0xF000) switch
    {
        0x8000 => EntryKind.File,
        0x4000 => EntryKind.Folder,
        0xA000 => EntryKind.Symlink,
        0x1000 => EntryKind.Pipe,
        0xC000 => EntryKind.Socket,
        0x2000 => EntryKind.CharacterDevice,
        0x6000 => EntryKind.BlockDevice,
        _ => 0,
    };

    /// <summary>Permission bits with setuid, setgid and sticky.</summary>
    public uint Mode => _mode & 0xFFFu;

    public Owner Owner => new(_user, _group);

    public FileTime ModifiedTime => new(_modifiedSeconds, _modifiedNanoseconds);

    public DeviceNumber Device => new(_deviceMajor, _deviceMinor);

    public LinuxIdentity Identity => new(_fileSystem, _inode);

    /// <summary>Whether both names lead to one file.</summary>
    public bool IsSameFile(in LinuxStat other) => Identity == other.Identity;
}
