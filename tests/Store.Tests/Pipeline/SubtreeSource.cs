using System.Runtime.CompilerServices;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>A source some of whose folders are subtrees; a subtree's fingerprint follows from all that is
/// listed below it.</summary>
/// <param name="inner">The source itself; has an entry for each of the folders.</param>
/// <param name="folders">Their paths.</param>
internal sealed class SubtreeSource(MemorySource inner, params IReadOnlyList<string> folders) : ICollector
{
    private readonly HashSet<EntryPath> _folders = [.. folders.Select(folder => new EntryPath(folder))];

    public string Root => inner.Root;

    public IReadOnlyList<string> Excluded => [];

    public IReadOnlyList<CoverageLine> Coverage => inner.Coverage;

    /// <summary>Those that were looked into, in that order.</summary>
    public List<string> Expanded { get; } = [];

    /// <summary>Awaited before a subtree is listed, with its path.</summary>
    public Func<EntryPath, Task> OnExpanding { get; init; } = _ => Task.CompletedTask;

    /// <summary>How much of what can be held ready each takes.</summary>
    public double Room { get; init; }

    /// <summary>After how many entries the listing of a subtree fails; absent: it does not.</summary>
    public Dictionary<string, int> FailsAfter { get; } = [];

    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<SourceEntry> all = await inner.CollectAsync(cancellationToken).ToListAsync(cancellationToken);
        for (int i = 0; i < all.Count; i++)
        {
            SourceEntry folder = all[i];
            if (!_folders.Contains(folder.Path))
            {
                yield return folder;
                continue;
            }

            List<SourceEntry> below = [.. all.Skip(i + 1).TakeWhile(one => one.Path.IsAtOrBelow(folder.Path))];
            i += below.Count;
            yield return new Subtree(this, folder, below)
            {
                Path = folder.Path,
                Kind = EntryKind.Folder,
                ModifiedTime = folder.ModifiedTime,
                Fingerprint = FingerprintOf([folder, .. below]),
            };
        }
    }

    private static byte[] FingerprintOf(IEnumerable<SourceEntry> entries)
    {
        IEnumerable<string> lines = entries.Select(one =>
            $"{one.Path} {one.Kind} {one.Size} {Convert.ToHexString(one.Fingerprint)} {one is SourceFault}");
        return Blake3.Hash(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines))).ToArray();
    }

    private sealed class Subtree(SubtreeSource source, SourceEntry folder, List<SourceEntry> below) : SourceSubtree
    {
        public override double Room => source.Room;

        public override async ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) =>
            await folder.DescribeAsync(cancellationToken) with { Fingerprint = Fingerprint };

        public override async IAsyncEnumerable<SourceEntry> ExpandAsync(
            [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            lock (source.Expanded)
            {
                source.Expanded.Add(Path.ToString());
            }

            await source.OnExpanding(Path);
            await Task.Yield();
            int left = source.FailsAfter.GetValueOrDefault(Path.ToString(), int.MaxValue);
            foreach (SourceEntry one in below)
            {
                yield return left-- > 0 ? one : throw new IOException("the archive is cut off");
            }

            if (left == 0)
            {
                throw new IOException("the archive is cut off");
            }
        }
    }
}
