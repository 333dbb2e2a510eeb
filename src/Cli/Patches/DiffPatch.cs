using JadaStore.Cli.Output;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Patches;

/// <summary>Changes as a patch that <c>git apply</c> takes.</summary>
/// <param name="output">Written to.</param>
/// <param name="names">The snapshots'.</param>
/// <param name="color">Whether in colour.</param>
/// <param name="isTerminal">Whether a person reads it.</param>
/// <param name="copyContent">Writes a file's content.</param>
internal sealed class DiffPatch(
    TextWriter output, DiffNaming names, bool color, bool isTerminal, Func<Entry, Stream, CancellationToken, Task> copyContent) : DiffOutput
{
    /// <summary>Larger files are not compared line by line.</summary>
    public const long MaxSize = 8 * 1024 * 1024;

    private readonly FilePatch _patch = new(new PatchWriter(output, color, isTerminal));

    /// <inheritdoc/>
    public override async Task AddAsync(Change change, CancellationToken cancellationToken)
    {
        if (names.Text(change.Kind) is { } untaken)
        {
            // git passes over lines between the files of a patch.
            await output.WriteLineAsync(
                $"# {change.Path} {untaken}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return;
        }

        PatchSide? old = await SideAsync(change.Old, cancellationToken).ConfigureAwait(false);
        PatchSide? made = await SideAsync(change.New, cancellationToken).ConfigureAwait(false);
        bool otherKind = old is not null && made is not null && old.IsLink != made.IsLink;
        if (otherKind)
        {
            _patch.Write(change.Path, old, null);
            _patch.Write(change.Path, null, made);
        }
        else if (old is not null || made is not null)
        {
            _patch.Write(change.Path, old, made);
        }
    }

    /// <inheritdoc/>
    public override Task EndAsync(DiffSummary summary) => Task.CompletedTask;

    /// <summary>Files and links only; git knows nothing else.</summary>
    private async Task<PatchSide?> SideAsync(Entry? entry, CancellationToken cancellationToken)
    {
        switch (entry)
        {
            case { Kind: EntryKind.Symlink }:
                return new PatchSide(PatchSide.Link, entry.LinkTarget ?? [], entry.LinkTarget?.Length ?? 0);
            case { Kind: EntryKind.File }:
                string mode = ((entry.Mode ?? 0) & 0x40) != 0 ? PatchSide.Executable : PatchSide.Plain;
                bool readable = entry.Size <= MaxSize && (entry.Digest is not null || entry.Problem is null);
                byte[]? bytes = readable ? await ReadAsync(entry, cancellationToken).ConfigureAwait(false) : null;
                return new PatchSide(mode, bytes, entry.Size, entry.Digest);
            default:
                return null;
        }
    }

    private async Task<byte[]> ReadAsync(Entry entry, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream((int)entry.Size);
        await copyContent(entry, content, cancellationToken).ConfigureAwait(false);
        return content.ToArray();
    }
}
