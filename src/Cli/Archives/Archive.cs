using System.Text;
using System.Text.Unicode;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Archives;

/// <summary>An archive that is written as its entries come, in path order.</summary>
/// <remarks>Names are text there: bytes that are no UTF-8 are written as <c>\xNN</c>, and told.</remarks>
internal abstract class Archive : IAsyncDisposable
{
    // Each begins with the one below it; what comes after them all in path order begins with none.
    private readonly Stack<EntryPath> _links = new();
    private long _withAttributes;

    /// <summary>Told of what is in the archive otherwise than in the snapshot.</summary>
    public required Action<string> Note { get; init; }

    /// <summary>Adds one entry.</summary>
    /// <returns>False when it cannot be held: a socket, a file that was never read.</returns>
    public async ValueTask<bool> AddAsync(Found found, CancellationToken cancellationToken)
    {
        if (IsBelowLink(found))
        {
            // Unpacked, it would be written wherever the link leads.
            Note($"left out of the archive: {found.Path} (a link stands where a folder above it should be).");
            return true;
        }

        bool added = await WriteAsync(found, cancellationToken).ConfigureAwait(false);
        if (added && found.Entry is { Attributes.Count: > 0 })
        {
            _withAttributes++;
        }

        return added;
    }

    /// <summary>Once all are added.</summary>
    public void TellWhatIsMissing()
    {
        if (_withAttributes > 0)
        {
            Note($"the archive holds no extended attributes; {Output.Size.Count(_withAttributes, "entry", "entries")} had some.");
        }
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Writes one entry.</summary>
    /// <returns>False when it cannot be held.</returns>
    protected abstract ValueTask<bool> WriteAsync(Found found, CancellationToken cancellationToken);

    /// <summary>
    /// What the entry is called in the archive, relative to where it is unpacked; empty for the very top.
    /// </summary>
    protected string NameOf(Found found)
    {
        EntryPath safe = ArchiveName.Of(found.Path);
        string name = TextOf(safe.Span);
        if (safe != found.Path)
        {
            Note($"renamed in the archive, because no folder can hold its name: {found.Path} -> {safe}");
        }
        else if (!Utf8.IsValid(found.Path.Span))
        {
            Note($"renamed in the archive, because its name is no UTF-8: {name}");
        }

        return name;
    }

    private bool IsBelowLink(Found found)
    {
        ReadOnlySpan<byte> path = found.Path.Span;
        while (_links.TryPeek(out EntryPath link) && !path.StartsWith(link.Span))
        {
            _links.Pop();
        }

        foreach (EntryPath link in _links)
        {
            if (path.Length > link.Length && path[link.Length] == (byte)'/')
            {
                return true;
            }
        }

        if (found.Entry is { Kind: EntryKind.Symlink })
        {
            _links.Push(found.Path);
        }

        return false;
    }

    /// <summary>The target of a link.</summary>
    protected string TargetOf(Found found, byte[] target)
    {
        string text = TextOf(target);
        if (!Utf8.IsValid(target))
        {
            Note($"a link with another target in the archive, because it is no UTF-8: {found.Path} -> {new EntryPath(target)}");
        }

        return text;
    }

    /// <summary>The text itself, control characters and all; what is no UTF-8, as it is shown to people.</summary>
    protected static string TextOf(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : new EntryPath(bytes.ToArray()).ToString();
}
