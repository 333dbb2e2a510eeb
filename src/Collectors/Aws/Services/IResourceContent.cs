using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Services;

/// <summary>Makes entries of what a resource holds beside its configuration: the code of a function.</summary>
/// <remarks>One for all items; used by many threads at once.</remarks>
internal interface IResourceContent
{
    /// <summary>The entries of an item. Asked for is only what tells whether they changed, as far as the item does
    /// not; content itself once an entry is opened or looked into.</summary>
    /// <param name="item">The item, as it was listed.</param>
    /// <param name="folder">Where its documents lie, without a <c>/</c> at the end; the entries lie below it.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>What cannot be told is a <see cref="SourceFault"/>.</returns>
    ValueTask<IReadOnlyList<SourceEntry>> EntriesAsync(
        ResourceItem item, string folder, CancellationToken cancellationToken);
}
