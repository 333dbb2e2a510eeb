using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Parity;

/// <summary>The parity of packs, in <c>parity/</c>: written beside each pack, read when one is damaged.</summary>
/// <param name="backend">Where packs and parity lie.</param>
/// <remarks>Thread-safe. A parity file follows from its pack and can be made anew as long as that is whole.</remarks>
internal sealed class PackParity(IBackend backend)
{
    /// <summary>Writes the parity of a pack that is durable; when this returns, it is durable too.</summary>
    /// <param name="pack">The pack, which is whole.</param>
    /// <param name="share">See <see cref="ParityLayout.For"/>; 0 for no parity.</param>
    /// <param name="cancellationToken">Stops before it is written.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Io"/>; <see cref="StoreFault.Corrupt"/>: there is no such
    /// pack.</exception>
    public async ValueTask WriteAsync(PackId pack, double share, CancellationToken cancellationToken)
    {
        if (share > 0)
        {
            byte[] file = await MakeAsync(pack, share, cancellationToken).ConfigureAwait(false);
            await backend.ReplaceAsync(ParityName.Of(pack), file, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the parity file of a pack, which is whole, is just what it must be.</summary>
    public async ValueTask<bool> IsRightAsync(PackId pack, double share, CancellationToken cancellationToken)
    {
        byte[]? there;
        try
        {
            there = await TryReadAsync(pack, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.IsDamage)
        {
            return false;
        }

        if (there is null)
        {
            return false;
        }

        byte[] made = await MakeAsync(pack, share, cancellationToken).ConfigureAwait(false);
        return made.AsSpan().SequenceEqual(there);
    }

    /// <summary>Whether the records of a pack's parity file are all whole; null when it has none.</summary>
    public async ValueTask<bool?> AreWholeAsync(PackId pack, CancellationToken cancellationToken)
    {
        try
        {
            return await TryReadAsync(pack, cancellationToken).ConfigureAwait(false) is { } file
                ? ParityRecords.TryRead(pack, file)?.AreAll is true
                : null;
        }
        catch (StoreException e) when (e.IsDamage)
        {
            return false;
        }
    }

    /// <summary>What a pack's parity file holds, whatever that is; null when there is none.</summary>
    private ValueTask<byte[]?> TryReadAsync(PackId pack, CancellationToken cancellationToken) =>
        backend.TryReadAllAsync(ParityName.Of(pack), ParityLayout.MaxPackLength, cancellationToken);

    /// <summary>All packs that have a parity file; some of them may be gone.</summary>
    public async ValueTask<IReadOnlyList<PackId>> ListAsync(CancellationToken cancellationToken)
    {
        var packs = new List<PackId>();
        foreach (BackendObject file in await backend.ListAsync(
            ParityName.Folder, cancellationToken).ConfigureAwait(false))
        {
            if (ParityName.TryParse(file.Name, out PackId pack))
            {
                packs.Add(pack);
            }
        }

        return packs;
    }

    /// <summary>Deletes a pack's parity; false when there was none.</summary>
    public ValueTask<bool> DeleteAsync(PackId pack, CancellationToken cancellationToken) =>
        backend.DeleteAsync(ParityName.Of(pack), cancellationToken);

    /// <summary>
    /// Deletes a pack and its parity. The parity first: what is left of a deletion cut short is a whole pack, and never
    /// parity from which a pack that was to go would be mended.
    /// </summary>
    /// <returns>False when there was no such pack.</returns>
    public async ValueTask<bool> DeletePackAsync(PackId pack, CancellationToken cancellationToken)
    {
        await DeleteAsync(pack, cancellationToken).ConfigureAwait(false);
        return await backend.DeleteAsync(PackName.Of(pack), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<byte[]> MakeAsync(PackId pack, double share, CancellationToken cancellationToken)
    {
        string name = PackName.Of(pack);
        long length = await backend.TryGetLengthAsync(name, cancellationToken).ConfigureAwait(false)
            ?? throw new StoreException(
                StoreFault.Corrupt, $"Pack {pack} is missing.", "`jstore repair` says what can be brought back.");
        var encoder = new ParityEncoder(pack, ParityLayout.For(length, share));
        for (long at = 0; at < length;)
        {
            int count = (int)Math.Min(encoder.Free.Length, length - at);
            await backend.ReadAsync(name, at, encoder.Free[..count], cancellationToken).ConfigureAwait(false);
            encoder.Advance(count);
            at += count;
        }

        return encoder.Finish();
    }
}
