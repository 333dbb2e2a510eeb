using System.Buffers.Binary;
using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>One entry of a <see cref="MemorySource"/>.</summary>
internal sealed record MemoryFile
{
    private static long s_stamp;

    public EntryKind Kind { get; init; } = EntryKind.File;

    public byte[] Bytes { get; init; } = [];

    /// <summary>A hole begins after that many bytes.</summary>
    public long? HoleAfter { get; init; }

    public long HoleLength { get; init; }

    public long Length => Bytes.Length + HoleLength;

    /// <summary>How many bytes a read gives at most.</summary>
    public int ReadSize { get; init; } = int.MaxValue;

    public FileTime? ModifiedTime { get; init; } = new FileTime(1_700_000_000, 123_456_789);

    public uint? Mode { get; init; } = 0x1A4;

    public byte[]? LinkTarget { get; init; }

    public bool HasLinks { get; init; }

    public EntryPath? HardLink { get; init; }

    public IReadOnlyList<NamedValue> Attributes { get; init; } = [];

    public string? Fault { get; init; }

    public string? ReadFault { get; init; }

    /// <summary>How many readings find that the file changed meanwhile.</summary>
    public int ChangesWhileRead { get; set; }

    /// <summary>New with every file that is made, like a change time.</summary>
    public byte[] Fingerprint { get; init; } = NextStamp();

    public static MemoryFile Of(byte[] bytes) => new() { Bytes = bytes };

    public static MemoryFile Of(string text) => new() { Bytes = System.Text.Encoding.UTF8.GetBytes(text) };

    public static MemoryFile Folder() => new() { Kind = EntryKind.Folder };

    /// <summary>All bytes, the hole as zeros.</summary>
    public byte[] Whole() => HoleAfter is { } at
        ? [.. Bytes[..(int)at], .. new byte[HoleLength], .. Bytes[(int)at..]]
        : Bytes;

    private static byte[] NextStamp()
    {
        byte[] stamp = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(stamp, Interlocked.Increment(ref s_stamp));
        return stamp;
    }
}
