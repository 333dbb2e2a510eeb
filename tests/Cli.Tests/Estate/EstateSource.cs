using System.Runtime.CompilerServices;
using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Tests.Estate;

/// <summary>A service's documents, as a collector would give them; what is null could not be listed.</summary>
internal sealed class EstateSource(string root, params (string Path, string? Text)[] files) : ICollector
{
    public string Root => root;

    public IReadOnlyList<string> Excluded => [];

    public IReadOnlyList<CoverageLine> Coverage { get; init; } = [];

    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach ((EntryPath path, string? text) in files.Select(file => (new EntryPath(file.Path), file.Text))
            .OrderBy(file => file.Item1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] bytes = Encoding.UTF8.GetBytes(text ?? "");
            yield return text is null
                ? new SourceFault { Path = path, Kind = EntryKind.Folder, Message = "not allowed" }
                : new Document(bytes) { Path = path, Kind = EntryKind.File, Size = bytes.Length };
        }
    }

    private sealed class Document(byte[] bytes) : SourceEntry
    {
        public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) => new(Describe());

        public override ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken) =>
            new(new Reader(bytes, Describe()));

        private Entry Describe() => new() { Path = Path, Kind = Kind, Size = Size };
    }

    private sealed class Reader(byte[] bytes, Entry entry) : ContentReader
    {
        private int _at;

        public override ValueTask<ContentRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            int count = Math.Min(buffer.Length, bytes.Length - _at);
            bytes.AsMemory(_at, count).CopyTo(buffer);
            _at += count;
            return new(new ContentRead(count, 0));
        }

        public override ValueTask<ContentEnd> FinishAsync(CancellationToken cancellationToken) =>
            new(new ContentEnd(entry, false));

        public override ValueTask DisposeAsync() => default;
    }
}
