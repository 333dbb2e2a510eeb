using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Checks the parity files of packs: that there is one for each, and that it is whole.</summary>
internal sealed class ParityCheck(RepositoryParts parts)
{
    private readonly List<string> _problems = [];

    /// <summary>Parity files that are damaged, a line each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>How many packs have none, as after a run that was cut short: that is no damage.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    /// <summary>Checks them.</summary>
    /// <param name="packs">The packs that should have parity.</param>
    /// <param name="isRead">Whether each file is read, or only looked for.</param>
    /// <param name="cancellationToken">Stops before the next file.</param>
    public async Task RunAsync(IReadOnlyList<PackId> packs, bool isRead, CancellationToken cancellationToken)
    {
        HashSet<PackId> there = [.. await parts.Parity.ListAsync(cancellationToken).ConfigureAwait(false)];
        int missing = packs.Count(pack => !there.Contains(pack) && !parts.Index.Condemned.Contains(pack));
        if (parts.Config.Parity > 0 && missing > 0)
        {
            Notes = [$"{missing} packs have no parity yet; `jstore repair` writes it."];
        }

        foreach (PackId pack in isRead ? packs.Where(there.Contains) : [])
        {
            if (await parts.Parity.AreWholeAsync(pack, cancellationToken).ConfigureAwait(false) is false)
            {
                _problems.Add($"pack {pack}: its parity is damaged; `jstore repair` writes it anew");
            }
        }
    }
}
