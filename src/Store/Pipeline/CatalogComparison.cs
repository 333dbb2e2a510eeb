using JadaStore.Store.Catalog;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Pipeline;

/// <summary>Compares the catalog with what the packs say of themselves.</summary>
internal sealed class CatalogComparison(ChunkIndex index, PackReader packs)
{
    /// <summary>
    /// Whether the catalog lists just the packs that are there, and just what their footers list, and finds each chunk
    /// just there; packs whose footers cannot be read cannot say otherwise. Reads all footers and looks up every chunk.
    /// </summary>
    public async Task<bool> AgreesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await index.SyncAsync(cancellationToken).ConfigureAwait(false);
            IReadOnlyList<PackId> listed = index.Packs();
            if (!index.Present.Keys.ToHashSet().SetEquals(listed))
            {
                return false;
            }

            foreach (PackId pack in listed)
            {
                PackFooter? footer = await packs.TryReadFooterAsync(pack, cancellationToken).ConfigureAwait(false);
                if (footer is not null
                    && (!footer.HasBlocks(index.Blocks(pack)) || !footer.Blocks.SelectMany(block => block.Locate())
                        .All(each => index.Finds(each.Chunk.Id, each.Location))))
                {
                    return false;
                }
            }

            return true;
        }
        catch (StoreException e) when (CatalogFault.Is(e))
        {
            return false;
        }
    }
}
