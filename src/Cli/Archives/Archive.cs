using System.Text;
using System.Text.Unicode;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Archives;

/// <summary>An archive that is written as its entries come, in path order.</summary>
/// <remarks>Names are text there: bytes that are no UTF-8 are written as <c>\xNN</c>, and told.</remarks>
internal abstract class Archive : IAsyncDisposable
{
    private long _withAttributes;

    /// <summary>Told of what is in the archive otherwise than in the snapshot.</summary>
    public required Action<string> Note { get; init; }

    /// <summary>Adds one entry.</summary>
    /// <returns>False when it cannot be held: a socket, a file that was never read.</returns>
    public async ValueTask<bool> AddAsync(Found found, CancellationToken cancellationToken)
    {
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
        string name = TextOf(found.Path.Span).TrimStart('/');
        if (!Utf8.IsValid(found.Path.Span))
        {
            Note($"renamed in the archive, because its name is no UTF-8: {name}");
        }

        return name;
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
