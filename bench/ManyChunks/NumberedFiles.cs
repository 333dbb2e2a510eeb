using System.Runtime.CompilerServices;
using JadaStore.Store.Model;

namespace JadaStore.Bench.ManyChunks;

/// <summary>A source of numbered files of 16 bytes, no two alike; nothing of it is kept in memory.</summary>
/// <param name="ranges">The numbers, in order.</param>
internal sealed class NumberedFiles(IReadOnlyList<Numbers> ranges) : ICollector
{
    /// <inheritdoc/>
    public string Root => "local/numbers";

    /// <inheritdoc/>
    public IReadOnlyList<string> Excluded => [];

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceEntry> CollectAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (Numbers range in ranges)
        {
            for (long number = range.First; number < range.End; number += range.Step)
            {
                yield return new NumberedFile(number)
                {
                    Path = new EntryPath($"{number:d12}"), Kind = EntryKind.File, Size = NumberedFile.Length, Fingerprint = [1],
                };
            }
        }
    }
}
