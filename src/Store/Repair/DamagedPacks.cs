using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Parity;
using JadaStore.Store.Pipeline;

namespace JadaStore.Store.Repair;

/// <summary>
/// Puts damaged packs right with their parity, as far as that goes; then moves what is sound of the others to new
/// packs, and sets them aside.
/// </summary>
internal sealed class DamagedPacks(RepositoryParts parts, RepairLog log)
{
    // So many whole packs are asked, at most, whether the disk still reads.
    private const int MostAsked = 8;

    private const string ReadsByNow =
        "the disk reads by now what it could not read a moment ago; nothing was changed: repair again";

    private readonly List<PackId> _broken = [];
    private readonly ImagePages _pages = new(parts.Pages);

    /// <summary>
    /// Where pages are read now: those that are mended or moved as well, be it that nothing was written.
    /// </summary>
    public IChunkReader Pages => log.IsDryRun ? _pages : parts.Pages;

    /// <summary>Chunks that a good copy is there of again.</summary>
    public List<ChunkId> Found { get; } = [];

    /// <summary>Whether a pack was put right in its place, so that what it holds is there again.</summary>
    public bool HasMended { get; private set; }

    /// <summary>Packs that are damaged and were left as they are.</summary>
    public HashSet<PackId> Left { get; } = [];

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

        HasMended = good.Count > before;
        if (!log.IsDryRun && HasMended)
        {
            // A mended pack may be one that was not known.
            await parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
        }

        await SalvageAsync(good, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryMendAsync(PackId pack, CancellationToken cancellationToken)
    {
        (PackImage image, MendedPack? mended, _) = await ReadAsync(pack, cancellationToken).ConfigureAwait(false);
        if (!image.IsWhole)
        {
            _broken.Add(pack);
            return false;
        }

        if (!log.IsDryRun)
        {
            // The very bytes that were written take the place of those that changed: no name, no id and no key is new,
            // so whoever reads meanwhile finds the one or the other, as before.
            await parts.Backend.ReplaceAsync(PackName.Of(pack), image.Bytes, cancellationToken).ConfigureAwait(false);
        }

        Note(image);
        string how = mended is not null ? $"{mended.Cells} cells mended by its parity"
            : image.HasNewHeader ? "only its header was damaged, and was put back" : "is whole";
        log.AddDone($"pack {pack}: {how}");
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
            var broken = new List<BrokenPack>();
            foreach (PackId pack in _broken)
            {
                (PackImage image, _, ReadableBytes read) =
                    await ReadAsync(pack, cancellationToken).ConfigureAwait(false);
                if (image.IsWhole)
                {
                    Note(image);
                    Leave(pack, ReadsByNow);
                    continue;
                }

                int moved = await salvage.MoveAsync(image, cancellationToken).ConfigureAwait(false);
                moved += await salvage.RescueAsync(image, cancellationToken).ConfigureAwait(false);
                Note(image);
                read.DropBytes();
                broken.Add(new BrokenPack(pack, read, image.MayBeNewer, image.Sound.Count, image.Blocks, moved));
            }

            await salvage.FinishAsync(cancellationToken).ConfigureAwait(false);
            await SetAsideAsync(broken, good, cancellationToken).ConfigureAwait(false);
        }
    }

    // Only now that all which is sound in them is durable elsewhere, and was read there. They go with a later prune:
    // until then there is time to look at them.
    private async Task SetAsideAsync(List<BrokenPack> broken, HashSet<PackId> good, CancellationToken cancellationToken)
    {
        var aside = new List<BrokenPack>();
        foreach (BrokenPack one in broken)
        {
            if (!one.Read.IsThere)
            {
                if (one.Moved > 0)
                {
                    log.AddDone(
                        $"pack {one.Pack}: is gone; {one.Moved} chunks brought back by its parity, to new packs");
                }
            }
            else if (one.MayBeNewer)
            {
                Leave(one.Pack, "a later version of jstore may have written it; nothing was changed");
            }
            else if (!await one.Read.IsStillUnreadableAsync(cancellationToken).ConfigureAwait(false))
            {
                Leave(one.Pack, ReadsByNow);
            }
            else
            {
                aside.Add(one);
            }
        }

        if (aside.Exists(one => one.Read.HasUnreadable))
        {
            await ProveThatTheDiskReadsAsync(broken, good, cancellationToken).ConfigureAwait(false);
        }

        if (!log.IsDryRun)
        {
            using (await parts.Locks.CommitAsync("jstore repair", cancellationToken).ConfigureAwait(false))
            {
                await parts.Condemned.CondemnAsync(
                    aside.Select(one => one.Pack), parts.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            }

            await parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (BrokenPack one in aside)
        {
            log.AddDone($"pack {one.Pack}: {one.Sound} of {one.Blocks} blocks are sound; {one.Moved} chunks moved to new packs, the pack set aside");
        }
    }

    // What hits the whole disk, or the way to it, is damage of no pack.
    private async Task ProveThatTheDiskReadsAsync(
        List<BrokenPack> broken, HashSet<PackId> good, CancellationToken cancellationToken)
    {
        // Of packs that are only foreseen as mended nothing can be read yet.
        if ((log.IsDryRun && HasMended) || (good.Count == 0 && broken.Exists(one => one.Read.HasReadable)))
        {
            return;
        }

        foreach (PackId pack in good.Take(MostAsked))
        {
            if (await parts.Packs.TryReadFooterAsync(pack, cancellationToken).ConfigureAwait(false) is not null)
            {
                return;
            }
        }

        throw new StoreException(
            StoreFault.Io, $"Nothing of the packs in {parts.Backend.Place} can be read any more.",
            "That is no damage of single packs, and none was set aside. Is the disk there? Then run the repair again.");
    }

    private void Leave(PackId pack, string why)
    {
        Left.Add(pack);
        log.AddLeft($"pack {pack}: {why}");
    }

    private void Note(PackImage image)
    {
        Found.AddRange(image.Sound.SelectMany(block => block.Chunks).Select(chunk => chunk.Id));
        if (log.IsDryRun)
        {
            _pages.Add(image);
        }
    }

    private async Task<(PackImage Image, MendedPack? Mended, ReadableBytes Read)> ReadAsync(
        PackId pack, CancellationToken cancellationToken)
    {
        ReadableBytes read = await ReadableBytes.ReadAsync(
            parts.Backend, PackName.Of(pack), ParityLayout.MaxPackLength, cancellationToken).ConfigureAwait(false);
        ReadableBytes parity = await ReadableBytes.ReadAsync(
            parts.Backend, ParityName.Of(pack), ParityLayout.MaxPackLength, cancellationToken).ConfigureAwait(false);
        MendedPack? mended = parity.IsThere ? ParityMender.TryMend(pack, read.Bytes, parity.Bytes) : null;
        var image = new PackImage(parts, pack, mended?.Bytes ?? read.Bytes);
        await image.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (image, mended, read);
    }

    /// <summary>A pack that parity did not mend.</summary>
    /// <param name="Pack">Which.</param>
    /// <param name="Read">Its file.</param>
    /// <param name="MayBeNewer">See <see cref="PackImage.MayBeNewer"/>.</param>
    /// <param name="Sound">How many of its blocks are sound.</param>
    /// <param name="Blocks">Of how many.</param>
    /// <param name="Moved">How many chunks were moved out of it.</param>
    private sealed record BrokenPack(
        PackId Pack, ReadableBytes Read, bool MayBeNewer, int Sound, int Blocks, int Moved);
}
