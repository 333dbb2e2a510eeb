using JadaStore.Store.Backends;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>Compares the small files of a repository with their second copies: config, keys and snapshot
/// records.</summary>
internal sealed class SmallFiles(RepositoryParts parts)
{
    /// <summary>All that is not as it must be, in the order in which it is to be put right.</summary>
    /// <param name="config">What the repository is to be.</param>
    /// <param name="cancellationToken">Stops before the next file.</param>
    public async Task<IReadOnlyList<SmallFault>> FindAsync(RepositoryConfig config, CancellationToken cancellationToken)
    {
        var faults = new List<SmallFault>();

        byte[] right = config.Encode(parts.Key);
        foreach (string name in (string[])[ConfigFiles.Name, SecondCopy.Of(ConfigFiles.Name)])
        {
            byte[]? bytes =
                await ReadAsync(parts.Backend, name, ConfigFiles.MaxLength, cancellationToken).ConfigureAwait(false);
            if (bytes is null || !bytes.AsSpan().SequenceEqual(right))
            {
                bool isMissingCopy = bytes is null && name != ConfigFiles.Name;
                faults.Add(new SmallFault(name, bytes is null ? "is missing" : "is not what was written", right) { IsMissingCopy = isMissingCopy });
            }
        }

        faults.AddRange(await new KeyFaults(parts).FindAsync(cancellationToken).ConfigureAwait(false));
        faults.AddRange(await new RecordFaults(parts).FindAsync(cancellationToken).ConfigureAwait(false));
        return faults;
    }

    /// <summary>What a small file holds; null when there is none, and nothing when it is longer than any.</summary>
    public static async ValueTask<byte[]?> ReadAsync(
        IBackend backend, string name, int most, CancellationToken cancellationToken)
    {
        try
        {
            return await backend.TryReadAllAsync(name, most, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.IsDamage)
        {
            return [];
        }
    }
}
