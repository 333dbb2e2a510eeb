using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Parity;
using JadaStore.Store.Pipeline;

namespace JadaStore.Store.Repair;

/// <summary>
/// Puts damaged packs right with their parity, as far as that goes; then moves what is sound of the others to new packs, and
/// sets them aside.
/// </summary>
internal sealed class DamagedPacks(RepositoryParts parts, RepairLog log)
{
    private const int Sector = 4096;

    private readonly List<(PackId Pack, bool IsThere)> _broken = [];
    private readonly ImagePages _pages = new(parts.Pages);

    /// <summary>Where pages are read now: those that are mended or moved as well, be it that nothing was written.</summary>
    public IChunkReader Pages => log.IsDryRun ? _pages : parts.Pages;

    /// <summary>Chunks that a good copy is there of again.</summary>
    public List<ChunkId> Found { get; } = [];

    /// <summary>Works on all of them; when this returns, what it says it did is durable.</summary>
    /// <param name="damaged">Packs in which something is wrong, or that are gone and have parity left.</param>
    /// <param name="sound">Packs in which nothing is wrong.</param>
    /// <param name="cancellationToken">Stops before the next pack; what was done stays done.</param>
    public async Task RunAsync(
        IReadOnlyList<PackId> damaged, IReadOnlyCollection<PackId> sound, CancellationToken cancellationToken)
    {
        // What lies in a condemned pack may be what an earlier repair set aside, and goes: it is no second place.
        HashSet<PackId> good = [.. sound.Where(pack => !parts.Index.Condemned.Contains(pack))];
        int before = good.Count;
        foreach (PackId pack in damaged)
        {
            if (await TryMendAsync(pack, cancellationToken).ConfigureAwait(false))
            {
                good.Add(pack);
            }
        }

        if (!log.IsDryRun && good.Count > before)
        {
            // A mended pack may be one that was not known.
            await parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
        }

        await SalvageAsync(good, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryMendAsync(PackId pack, CancellationToken cancellationToken)
    {
        (PackImage image, MendedPack? mended, bool isThere) = await ReadAsync(pack, cancellationToken).ConfigureAwait(false);
        if (!image.IsWhole)
        {
            _broken.Add((pack, isThere));
            return false;
        }

        if (!log.IsDryRun)
        {
            // The very bytes that were written take the place of those that changed: no name, no id and no key is new, so
            // whoever reads meanwhile finds the one or the other, as before.
            await parts.Backend.ReplaceAsync(PackName.Of(pack), image.Bytes, cancellationToken).ConfigureAwait(false);
        }

        Note(image);
        log.AddDone(mended is null ? $"pack {pack}: is whole" : $"pack {pack}: {mended.Cells} cells mended by its parity");
        return true;
    }

    private async Task SalvageAsync(HashSet<PackId> good, CancellationToken cancellationToken)
    {
        if (_broken.Count == 0)
        {
            return;
        }

        var salvage = new Salvage(parts, good, log.IsDryRun);
        await using (salvage.ConfigureAwait(false))
        {
            var lines = new List<string>();
            var aside = new List<PackId>();
            foreach ((PackId pack, bool isThere) in _broken)
            {
                (PackImage image, _, _) = await ReadAsync(pack, cancellationToken).ConfigureAwait(false);
                int moved = await salvage.MoveAsync(image, cancellationToken).ConfigureAwait(false);
                Note(image);
                if (isThere && image.MayBeNewer)
                {
                    log.AddLeft($"pack {pack}: a later version of jstore may have written it; nothing was changed");
                }
                else if (isThere)
                {
                    aside.Add(pack);
                    lines.Add($"pack {pack}: {image.Sound.Count} of {image.Blocks} blocks are sound; {moved} chunks moved to new packs, the pack set aside");
                }
                else if (moved > 0)
                {
                    lines.Add($"pack {pack}: is gone; {moved} chunks brought back by its parity, to new packs");
                }
            }

            await salvage.FinishAsync(cancellationToken).ConfigureAwait(false);
            if (!log.IsDryRun)
            {
                await SetAsideAsync(aside, cancellationToken).ConfigureAwait(false);
            }

            lines.ForEach(log.AddDone);
        }
    }

    private void Note(PackImage image)
    {
        Found.AddRange(image.Sound.SelectMany(block => block.Chunks).Select(chunk => chunk.Id));
        if (log.IsDryRun)
        {
            _pages.Add(image);
        }
    }

    // Only now that all which is sound in them is durable elsewhere, and was read there. They go with a later prune: until
    // then there is time to look at them.
    private async Task SetAsideAsync(List<PackId> packs, CancellationToken cancellationToken)
    {
        using (await parts.Locks.CommitAsync("jstore repair", cancellationToken).ConfigureAwait(false))
        {
            await parts.Condemned.CondemnAsync(packs, parts.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }

        await parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
    }

    // A disk that fails gives an error for a few sectors and the rest as it was: what cannot be read counts as zeros.
    private async Task ReadWhatCanBeReadAsync(string name, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        for (int at = 0; at < bytes.Length;)
        {
            Memory<byte> piece = bytes.Slice(at, Math.Min(Sector, bytes.Length - at));
            try
            {
                await parts.Backend.ReadAsync(name, at, piece, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreException e) when (e.Fault is StoreFault.Io)
            {
                piece.Span.Clear();
            }

            at += piece.Length;
        }
    }

    private async Task<(PackImage Image, MendedPack? Mended, bool IsThere)> ReadAsync(PackId pack, CancellationToken cancellationToken)
    {
        string name = PackName.Of(pack);
        long? length = await parts.Backend.TryGetLengthAsync(name, cancellationToken).ConfigureAwait(false);
        byte[] bytes = new byte[Math.Min(length ?? 0, ParityLayout.MaxPackLength)];
        await ReadWhatCanBeReadAsync(name, bytes, cancellationToken).ConfigureAwait(false);

        byte[]? parity = await parts.Parity.TryReadAsync(pack, cancellationToken).ConfigureAwait(false);
        MendedPack? mended = parity is null ? null : ParityMender.TryMend(pack, bytes, parity);
        var image = new PackImage(parts, pack, mended?.Bytes ?? bytes);
        await image.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (image, mended, length is not null);
    }
}
