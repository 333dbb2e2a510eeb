using System.Runtime.CompilerServices;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests;

/// <summary>Another source, with an ear at the door.</summary>
/// <param name="inner">The source itself.</param>
internal sealed class WatchedSource(ICollector inner) : ICollector
{
    private int _opened;
    private int _described;

    public string Root => inner.Root;

    public IReadOnlyList<string> Excluded => inner.Excluded;

    /// <summary>How many files were opened.</summary>
    public int Opened => _opened;

    /// <summary>How many entries were described.</summary>
    public int Described => _described;

    /// <summary>Called before a file is opened.</summary>
    public Action<EntryPath> OnOpen { get; init; } = _ => { };

    /// <summary>Called after each read that gave something, from one thread for one file.</summary>
    public Action<EntryPath> OnRead { get; init; } = _ => { };

    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (SourceEntry entry in inner.CollectAsync(cancellationToken))
        {
            yield return entry is SourceFault ? entry : new WatchedEntry(this, entry)
            {
                Path = entry.Path,
                Kind = entry.Kind,
                Size = entry.Size,
                ModifiedTime = entry.ModifiedTime,
                Fingerprint = entry.Fingerprint,
                HasLinks = entry.HasLinks,
                HardLink = entry.HardLink,
            };
        }
    }

    private sealed class WatchedEntry(WatchedSource source, SourceEntry inner) : SourceEntry
    {
        public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref source._described);
            return inner.DescribeAsync(cancellationToken);
        }

        public override async ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref source._opened);
            source.OnOpen(Path);
            return new WatchedReader(await inner.OpenAsync(cancellationToken), () => source.OnRead(Path));
        }
    }

    private sealed class WatchedReader(ContentReader inner, Action onRead) : ContentReader
    {
        public override async ValueTask<ContentRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            ContentRead read = await inner.ReadAsync(buffer, cancellationToken);
            if (read != default)
            {
                onRead();
            }

            return read;
        }

        public override ValueTask<ContentEnd> FinishAsync(CancellationToken cancellationToken) =>
            inner.FinishAsync(cancellationToken);

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
