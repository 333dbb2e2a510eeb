using System.Security.Cryptography;
using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// The documents in <c>condemned/</c>: packs that are going to be deleted, after a time in which they can be taken
/// back.
/// </summary>
/// <remarks>
/// What lies in a condemned pack can be read, but does not count as stored: a snapshot that begins later stores it
/// anew. Whoever changes anything here holds the commit lock.
/// </remarks>
internal sealed class CondemnedPacks(IBackend backend, MasterKey key)
{
    private readonly SealedFolder<CondemnedDocument> _documents = new(
        backend, key, "condemned", RecordKind.Condemned, SealingJson.Default.CondemnedDocument, document => document.Id);

    /// <summary>
    /// Documents that could not be read at the last look, a line each; what they list is not condemned.
    /// </summary>
    public IReadOnlyList<string> Problems => _documents.Problems;

    /// <summary>Deletes the documents that could not be read at the last look: nobody knows what they list, and until
    /// they are gone they seem to say something.</summary>
    public Task DeleteUnreadableAsync(CancellationToken cancellationToken) =>
        _documents.DeleteUnreadableAsync(cancellationToken);

    /// <summary>All that is condemned.</summary>
    public async Task<IReadOnlyList<Condemnation>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await _documents.ListAsync(cancellationToken).ConfigureAwait(false)).Select(Read)];

    /// <summary>Condemns packs; durable when this returns.</summary>
    /// <param name="packs">Which; none is no error.</param>
    /// <param name="time">Since when.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task CondemnAsync(IEnumerable<PackId> packs, DateTimeOffset time, CancellationToken cancellationToken)
    {
        string[] names = [.. packs.Select(pack => pack.ToString()).Order(StringComparer.Ordinal)];
        if (names.Length > 0)
        {
            string id = RandomNumberGenerator.GetHexString(32, lowercase: true);
            await _documents.TryWriteAsync(
                new CondemnedDocument(1, id, time, names), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes packs back: they count as stored again for whoever looks from now on.</summary>
    /// <remarks>
    /// Needed by a snapshot that is brought back, so that its packs stay. Cut short, some of them may still be
    /// condemned: that costs space, and no data, as nothing is deleted that a snapshot needs.
    /// </remarks>
    /// <param name="packs">Which; one that is not condemned is no error.</param>
    /// <param name="cancellationToken">Stops between two documents.</param>
    /// <returns>How many were condemned.</returns>
    public async Task<int> ReviveAsync(IReadOnlySet<PackId> packs, CancellationToken cancellationToken)
    {
        var revived = new HashSet<PackId>();
        foreach (Condemnation one in await ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (one.Packs.Overlaps(packs))
            {
                // The new one first: a pack in between must not be forgotten, or its time would begin again.
                revived.UnionWith(one.Packs.Intersect(packs));
                await CondemnAsync(one.Packs.Except(packs), one.Time, cancellationToken).ConfigureAwait(false);
                await RemoveAsync(one, cancellationToken).ConfigureAwait(false);
            }
        }

        return revived.Count;
    }

    /// <summary>Removes a document, once its packs are gone.</summary>
    public async Task RemoveAsync(Condemnation one, CancellationToken cancellationToken) =>
        await _documents.DeleteAsync(one.Id, cancellationToken).ConfigureAwait(false);

    // What is no pack's name was not written by jstore, and condemns nothing.
    private static Condemnation Read(CondemnedDocument document)
    {
        var packs = new HashSet<PackId>();
        foreach (string hex in document.Packs)
        {
            if (PackId.TryParse(hex, out PackId pack))
            {
                packs.Add(pack);
            }
        }

        return new Condemnation(document.Id, document.Condemned, packs);
    }
}
