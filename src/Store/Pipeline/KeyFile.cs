using JadaStore.Store.Backends;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// A key slot as it was found: in its own file, or in the second copy where that says something else.
/// </summary>
/// <param name="Name">The name of the first file.</param>
/// <param name="IsCopy">Whether this is what the second copy says.</param>
/// <param name="Slot">What it says.</param>
internal sealed record KeyFile(string Name, bool IsCopy, KeySlot Slot)
{
    /// <summary>No such file is longer, in bytes.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>What the file of a slot is called.</summary>
    public static string NameOf(string folder, string id) => $"{folder}/{id}.json";

    /// <summary>All slots that can be read; one of which file and copy differ comes twice, the file's first.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/> or <see cref="StoreFault.NewerFormat"/>: there
    /// is none that can be read.</exception>
    public static async Task<IReadOnlyList<KeyFile>> ReadAllAsync(
        IBackend backend, string folder, CancellationToken cancellationToken)
    {
        var files = new List<KeyFile>();
        StoreException? damage = null;
        foreach (string name in await SecondCopy.ListAsync(backend, folder, cancellationToken).ConfigureAwait(false))
        {
            byte[]? first = null;
            foreach (string file in (string[])[name, SecondCopy.Of(name)])
            {
                try
                {
                    byte[]? bytes =
                        await backend.TryReadAllAsync(file, MaxLength, cancellationToken).ConfigureAwait(false);
                    if (bytes is not null && !(first is not null && bytes.AsSpan().SequenceEqual(first)))
                    {
                        first = bytes;
                        files.Add(new KeyFile(name, file != name, Decode(bytes, folder, name)));
                    }
                }
                catch (StoreException e) when (e.IsDamage || e.Fault is StoreFault.NewerFormat)
                {
                    // The copy, or another slot, may still open the repository.
                    damage ??= e;
                }
            }
        }

        return files.Count > 0 ? files : throw damage ?? new StoreException(
            StoreFault.Corrupt, $"There is no key in {backend.Place}/{folder}.", "Without a key file nothing can be read: bring one back from a copy.");
    }

    // Under another name a slot could be listed and never be removed.
    private static KeySlot Decode(byte[] bytes, string folder, string name)
    {
        KeySlot slot = KeySlot.Decode(bytes);
        return NameOf(folder, slot.Id) == name
            ? slot
            : throw new StoreException(
                StoreFault.Corrupt, $"{name} holds the key {slot.Id}: the file was renamed or changed.");
    }
}
