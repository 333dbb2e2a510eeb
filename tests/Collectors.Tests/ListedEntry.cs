using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests;

/// <summary>An entry of a <see cref="ListedSource"/>: whatever it is told to be.</summary>
internal sealed class ListedEntry : SourceEntry
{
    public byte[] Bytes { get; init; } = [];

    public uint? Mode { get; init; } = 0x1FF;

    public byte[]? LinkTarget { get; init; }

    public DeviceNumber? Device { get; init; }

    public static ListedEntry File(EntryPath path, string content, EntryPath? hardLink = null, bool hasLinks = false) => new()
    {
        Path = path, Kind = EntryKind.File, Size = content.Length, Bytes = Encoding.UTF8.GetBytes(content),
        HardLink = hardLink,
        HasLinks = hasLinks, ModifiedTime = new FileTime(1000, 5),
    };

    public static ListedEntry Of(EntryKind kind, EntryPath path) => new()
    {
        Path = path, Kind = kind, ModifiedTime = new FileTime(1000, 5),
    };

    public static ListedEntry Symlink(EntryPath path, string target, bool hasLinks = false) => new()
    {
        Path = path, Kind = EntryKind.Symlink, LinkTarget = Encoding.UTF8.GetBytes(target), HasLinks = hasLinks,
    };

    public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) => new(Describe());

    public override ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken) => new(new Reader(this));

    private Entry Describe() => new()
    {
        Path = Path, Kind = Kind, Size = Size, ModifiedTime = ModifiedTime, Mode = Mode, LinkTarget = LinkTarget,
        Device = Device,
        HardLink = HardLink,
    };

    private sealed class Reader(ListedEntry entry) : ContentReader
    {
        private int _at;

        public override ValueTask<ContentRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            int count = Math.Min(buffer.Length, entry.Bytes.Length - _at);
            entry.Bytes.AsMemory(_at, count).CopyTo(buffer);
            _at += count;
            return new(new ContentRead(count, 0));
        }

        public override ValueTask<ContentEnd> FinishAsync(CancellationToken cancellationToken) =>
            new(new ContentEnd(entry.Describe(), false));

        public override ValueTask DisposeAsync() => default;
    }
}
