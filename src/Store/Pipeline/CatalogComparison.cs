using System.Runtime.InteropServices;
using JadaStore.Store.Catalog;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Pipeline;

/// <summary>Compares the catalog with what the packs say of themselves.</summary>
internal sealed class CatalogComparison(ChunkIndex index, PackReader packs)
{
    /// <summary>
    /// Whether the catalog lists just what the footers list and finds it; packs whose footers cannot be read cannot say
    /// otherwise. Reads all footers; memory: 8 bytes a chunk.
    /// </summary>
    public async Task<bool> AgreesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var prefixes = new List<long>();
            foreach (PackId pack in index.Packs())
            {
                IReadOnlyList<PackBlock> known = index.Blocks(pack);
                PackFooter? footer = await packs.TryReadFooterAsync(pack, cancellationToken).ConfigureAwait(false);
                if (footer?.HasBlocks(known) == false)
                {
                    return false;
                }

                prefixes.AddRange(known.SelectMany(block => block.Chunks).Select(chunk => (long)chunk.Id.Prefix));
            }

            prefixes.Sort();
            return index.Indexes(CollectionsMarshal.AsSpan(prefixes));
        }
        catch (StoreException e) when (CatalogFault.Is(e))
        {
            return false;
        }
    }
}
