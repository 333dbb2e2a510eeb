using System.Formats.Tar;
using System.IO.Pipelines;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Archives;

/// <summary>
/// A tar archive in the PAX format: any length of name, any size, times to the fraction of a second, links.
/// </summary>
/// <param name="output">Written to; left open.</param>
/// <param name="copyContent">Writes a file's content.</param>
internal sealed class TarArchiveOutput(
    Stream output, Func<Entry, Stream, CancellationToken, Task> copyContent) : Archive
{
    private readonly TarWriter _tar = new(output, TarEntryFormat.Pax, leaveOpen: true);
    private EntryPath? _first;

    /// <inheritdoc/>
    protected override async ValueTask<bool> WriteAsync(Found found, CancellationToken cancellationToken)
    {
        _first ??= found.Path;
        if (found.Entry is not { } entry || TypeOf(entry, found) is not { } type)
        {
            return found.Entry is null;
        }

        var header = new PaxTarEntry(type, Name(found));
        Describe(header, found, entry);
        if (type != TarEntryType.RegularFile || entry.Size == 0)
        {
            await _tar.WriteEntryAsync(header, cancellationToken).ConfigureAwait(false);
            return true;
        }

        await WriteContentAsync(header, entry, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _tar.DisposeAsync();

    private TarEntryType? TypeOf(Entry entry, Found found) => entry.Kind switch
    {
        EntryKind.File when FirstOf(found, entry) is not null => TarEntryType.HardLink,
        EntryKind.File when entry.Size > 0 && entry.Digest is null => null,
        EntryKind.File => TarEntryType.RegularFile,
        EntryKind.Folder => TarEntryType.Directory,
        EntryKind.Symlink => TarEntryType.SymbolicLink,
        EntryKind.Pipe => TarEntryType.Fifo,
        EntryKind.Socket => null,
        EntryKind.CharacterDevice => TarEntryType.CharacterDevice,
        EntryKind.BlockDevice => TarEntryType.BlockDevice,
    };

    /// <summary>The path in this archive that the entry is a hard link to; null when that one is not in it.</summary>
    private EntryPath? FirstOf(Found found, Entry entry)
    {
        if (entry.HardLink is not { } inSource)
        {
            return null;
        }

        EntryPath root = new(found.Path.Span[..^entry.Path.Length].ToArray());
        EntryPath first = root.Append(inSource.Span);
        return first >= _first!.Value ? first : null;
    }

    private void Describe(PaxTarEntry header, Found found, Entry entry)
    {
        if (entry.ModifiedTime is { Seconds: > -62135500000 and < 253402200000 } time)
        {
            header.ModificationTime = time.ToDateTimeOffset();
        }
        else
        {
            header.ModificationTime = DateTimeOffset.UnixEpoch;
        }

        header.Mode = (UnixFileMode)(entry.Mode ?? (entry.Kind == EntryKind.Folder ? 0b111_101_101u : 0b110_100_100u));
        header.Uid = (int)Math.Min(entry.Owner?.User ?? 0, int.MaxValue);
        header.Gid = (int)Math.Min(entry.Owner?.Group ?? 0, int.MaxValue);
        if (entry.Kind == EntryKind.Symlink)
        {
            header.LinkName = TargetOf(found, entry.LinkTarget ?? []);
        }
        else if (header.EntryType == TarEntryType.HardLink)
        {
            header.LinkName = TextOf(ArchiveName.Of(FirstOf(found, entry)!.Value).Span);
        }
        else if (entry.Device is { } device)
        {
            header.DeviceMajor = (int)device.Major;
            header.DeviceMinor = (int)device.Minor;
        }
    }

    /// <summary>The archive pulls what the repository pushes; between them lie at most a few blocks.</summary>
    private async Task WriteContentAsync(PaxTarEntry header, Entry entry, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pipe = new Pipe(new PipeOptions(
            pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19, useSynchronizationContext: false));
        Task push = PushAsync(pipe.Writer, entry, stop.Token);
        try
        {
            await using var content = new ContentStream(pipe.Reader.AsStream(), entry.Size);
            header.DataStream = content;
            await _tar.WriteEntryAsync(header, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await push.ConfigureAwait(false);
        }
    }

    private async Task PushAsync(PipeWriter writer, Entry entry, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await copyContent(entry, writer.AsStream(leaveOpen: true), cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // not swallowed: the reader of the pipe throws it
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }

        await writer.CompleteAsync(failure).ConfigureAwait(false);
    }

    private string Name(Found found)
    {
        string name = NameOf(found);
        return name.Length > 0 ? name : "./";
    }
}
