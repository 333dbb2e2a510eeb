using System.Runtime.InteropServices;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Linux;

/// <summary>The kernel's <c>struct statx</c>, which is the same on every machine.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct FileStatus
{
    [FieldOffset(16)] private readonly uint _links;
    [FieldOffset(20)] private readonly uint _user;
    [FieldOffset(24)] private readonly uint _group;
    [FieldOffset(28)] private readonly ushort _mode;
    [FieldOffset(32)] private readonly ulong _inode;
    [FieldOffset(40)] private readonly ulong _size;
    [FieldOffset(48)] private readonly ulong _blocks;
    [FieldOffset(96)] private readonly long _changeSeconds;
    [FieldOffset(104)] private readonly uint _changeNanoseconds;
    [FieldOffset(112)] private readonly long _modifySeconds;
    [FieldOffset(120)] private readonly uint _modifyNanoseconds;
    [FieldOffset(128)] private readonly uint _deviceMajor;
    [FieldOffset(132)] private readonly uint _deviceMinor;
    [FieldOffset(136)] private readonly uint _ownMajor;
    [FieldOffset(140)] private readonly uint _ownMinor;

    /// <summary>How many names it has.</summary>
    public uint Links => _links;

    /// <summary>Its numeric owner.</summary>
    public Owner Owner => new(_user, _group);

    /// <summary>Permission bits with setuid, setgid and sticky.</summary>
    public uint Mode => _mode & 0xFFFu;

    /// <summary>Bytes, for a file or the target of a link.</summary>
    public long Size => (long)Math.Min(_size, long.MaxValue);

    /// <summary>Bytes that are kept for it on the device.</summary>
    public long Allocated => (long)Math.Min(_blocks, long.MaxValue / 512) * 512;

    /// <summary>When anything about it last changed; no program can set this.</summary>
    public FileTime Changed => new(_changeSeconds, (int)Math.Min(_changeNanoseconds, 999_999_999));

    /// <summary>When its content last changed, or what a program set instead.</summary>
    public FileTime Modified => new(_modifySeconds, (int)Math.Min(_modifyNanoseconds, 999_999_999));

    /// <summary>What a device file stands for.</summary>
    public DeviceNumber Device => new(_deviceMajor, _deviceMinor);

    /// <summary>Which file it is.</summary>
    public FileId Id => new(((ulong)_ownMajor << 32) | _ownMinor, _inode);

    /// <summary>What it is; null for what the kernel has and the format has not.</summary>
    public EntryKind? Kind => (_mode & 0xF000) switch
    {
        0x8000 => EntryKind.File,
        0x4000 => EntryKind.Folder,
        0xA000 => EntryKind.Symlink,
        0x1000 => EntryKind.Pipe,
        0xC000 => EntryKind.Socket,
        0x2000 => EntryKind.CharacterDevice,
        0x6000 => EntryKind.BlockDevice,
        _ => null,
    };

    /// <summary>Whether both are the same file, and nothing about it changed from one to the other.</summary>
    public bool IsSameAs(in FileStatus other) =>
        Id == other.Id && Size == other.Size && Modified == other.Modified && Changed == other.Changed;
}
