using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Gives a hard link the content of the first path of its file, which came before it.</summary>
internal sealed class HardLinkContents
{
    private readonly Dictionary<EntryPath, Entry> _firsts = [];

    /// <summary>The entry of an item, with its content.</summary>
    public Entry Resolve(BatchItem item)
    {
        Entry entry = item.Entry!;
        if (item.HasLinks)
        {
            _firsts[entry.Path] = entry;
        }

        if (item.Source is null || entry.HardLink is not { } first || entry.Problem is not null)
        {
            return entry;
        }

        return _firsts.TryGetValue(first, out Entry? content)
            ? entry with { Size = content.Size, Digest = content.Digest, Content = content.Content, Problem = content.Problem }
            : entry with { Problem = $"is a hard link to {first}, which was not captured" };
    }
}
