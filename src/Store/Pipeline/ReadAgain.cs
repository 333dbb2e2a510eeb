using System.Buffers;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Reads an entry anew and says in what it differs from a snapshot's.</summary>
/// <remarks>Memory: one rented buffer of 128 KiB a running call, and what the collector holds.</remarks>
internal static class ReadAgain
{
    private const int BufferSize = 128 * 1024;
    private const int Tries = 4;

    /// <summary>Reads and compares.</summary>
    /// <param name="item">
    /// Unchanged as listed; or of the same looks: of that only the content is compared; or within a subtree.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="IOException">It cannot be read, or not all of it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<ReadAgainResult> CompareAsync(ListedAgain item, CancellationToken cancellationToken)
    {
        SourceEntry now = item.Now;
        if (item.Old is not { } old)
        {
            return new ReadAgainResult(0, "not in the snapshot");
        }

        if (now.Kind != EntryKind.File || now.HardLink is not null)
        {
            Entry described = await now.DescribeAsync(cancellationToken).ConfigureAwait(false);
            return new ReadAgainResult(0, string.Join(", ", Differences(old, described)));
        }

        for (int attempt = 1; ; attempt++)
        {
            ContentReader reader = await now.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                (long size, Digest digest) = await HashAsync(reader, cancellationToken).ConfigureAwait(false);
                ContentEnd end = await reader.FinishAsync(cancellationToken).ConfigureAwait(false);
                if (end.Entry.ModifiedTime != now.ModifiedTime)
                {
                    // An ordinary change, after the listing: the next snapshot sees it.
                    return new ReadAgainResult(size, null);
                }

                if (end.Changed && attempt < Tries)
                {
                    continue;
                }

                if (end.Changed || (end.Problem ?? end.Entry.Problem) is not null)
                {
                    throw new IOException(end.Problem ?? end.Entry.Problem ?? "changed while it was read");
                }

                IEnumerable<string> content = size == old.Size && digest == old.Digest ? [] : ["content"];
                IEnumerable<string> rest = item.IsUnchanged ? Differences(old, end.Entry) : [];
                return new ReadAgainResult(size, string.Join(", ", content.Concat(rest)));
            }
        }
    }

    private static async Task<(long Size, Digest Digest)> HashAsync(
        ContentReader reader, CancellationToken cancellationToken)
    {
        var hasher = new Blake3Hasher();
        long size = 0;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                ContentRead read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read.Bytes > 0)
                {
                    hasher.Update(buffer.AsSpan(0, read.Bytes));
                }
                else if (read.Hole > 0)
                {
                    Zeros.Hash(hasher, read.Hole, cancellationToken);
                }
                else
                {
                    return (size, hasher.Finish());
                }

                size += read.Bytes + read.Hole;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static IEnumerable<string> Differences(Entry old, Entry now)
    {
        if (old.Mode != now.Mode)
        {
            yield return "mode";
        }

        if (old.Owner != now.Owner)
        {
            yield return "owner";
        }

        if (!old.LinkTarget.AsSpan().SequenceEqual(now.LinkTarget))
        {
            yield return "link target";
        }

        if (old.Device != now.Device)
        {
            yield return "device";
        }

        foreach (string family in Families(old.Attributes, now.Attributes))
        {
            yield return family;
        }
    }

    private static IEnumerable<string> Families(IReadOnlyList<NamedValue> old, IReadOnlyList<NamedValue> now)
    {
        Dictionary<string, byte[]> before = old.ToDictionary(one => one.Name, one => one.Value);
        IEnumerable<string> changed = now
            .Where(one => !before.Remove(one.Name, out byte[]? value) || !value.AsSpan().SequenceEqual(one.Value))
            .Select(one => one.Name);

        // What is left over when all that is there now was taken out is gone.
        return changed.ToList().Concat(before.Keys).Select(name => name.Split('.')[0] + "s")
            .Distinct().Order(StringComparer.Ordinal);
    }
}
