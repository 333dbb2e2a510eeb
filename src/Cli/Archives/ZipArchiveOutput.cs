using System.IO.Compression;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Archives;

/// <summary>A zip archive, with modes and symbolic links as Info-ZIP writes them.</summary>
/// <param name="output">Written to; left open.</param>
/// <param name="copyContent">Writes a file's content.</param>
/// <param name="zone">Zip keeps times as clocks show them.</param>
internal sealed class ZipArchiveOutput(
    Stream output, Func<Entry, Stream, CancellationToken, Task> copyContent, TimeZoneInfo zone)
    : Archive
{
    private const uint RegularFile = 0x8000;
    private const uint Folder = 0x4000;
    private const uint Link = 0xA000;

    private static readonly DateTimeOffset Earliest = new(1980, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2107, 12, 30, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip = new(output, ZipArchiveMode.Create, leaveOpen: true);

    /// <inheritdoc/>
    protected override async ValueTask<bool> WriteAsync(Found found, CancellationToken cancellationToken)
    {
        if (found.Entry is not { } entry)
        {
            return true;
        }

        uint? type = TypeOf(entry);
        if (type is null)
        {
            return false;
        }

        string name = NameOf(found);
        if (name.Length == 0)
        {
            return true;
        }

        ZipArchiveEntry item = _zip.CreateEntry(name, CompressionLevel.Fastest);
        item.LastWriteTime = Time(entry);
        item.ExternalAttributes = (int)((type.Value | Mode(entry)) << 16);
        await using Stream content = await item.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (entry.Kind == EntryKind.Symlink)
        {
            await content.WriteAsync(entry.LinkTarget ?? [], cancellationToken).ConfigureAwait(false);
        }
        else if (entry.Kind == EntryKind.File && entry.Size > 0)
        {
            await copyContent(entry, content, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _zip.DisposeAsync();

    private static uint? TypeOf(Entry entry) => entry.Kind switch
    {
        EntryKind.File when entry.Size > 0 && entry.Digest is null => null,
        EntryKind.File => RegularFile,
        EntryKind.Folder => Folder,
        EntryKind.Symlink => Link,
        EntryKind.Pipe or EntryKind.Socket or EntryKind.CharacterDevice or EntryKind.BlockDevice => null,
    };

    private static uint Mode(Entry entry) =>
        entry.Mode ?? (entry.Kind == EntryKind.Folder ? 0b111_101_101u : 0b110_100_100u);

    private DateTimeOffset Time(Entry entry)
    {
        DateTimeOffset time = entry.ModifiedTime switch
        {
            { Seconds: > 315619200 and < 4354732800 } near => near.ToDateTimeOffset(),
            { Seconds: >= 4354732800 } => Latest,
            _ => Earliest,
        };
        return TimeZoneInfo.ConvertTime(time, zone);
    }
}
