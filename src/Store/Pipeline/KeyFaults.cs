using System.Security.Cryptography;
using JadaStore.Store.Backends;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>Compares key slots with their second copies.</summary>
/// <remarks>
/// Of a slot with a password only whoever has that can tell whether it still opens. So where file and copy can both be
/// read and differ, nothing is changed unless one of them opened the repository just now.
/// </remarks>
internal sealed class KeyFaults(RepositoryParts parts)
{
    /// <summary>All key files, first and copy, that are not as they must be.</summary>
    public async Task<IReadOnlyList<SmallFault>> FindAsync(CancellationToken cancellationToken)
    {
        var faults = new List<SmallFault>();
        foreach (string name in await SecondCopy.ListAsync(
            parts.Backend, Keyring.Folder, cancellationToken).ConfigureAwait(false))
        {
            string copyName = SecondCopy.Of(name);
            byte[]? first = await SmallFiles.ReadAsync(
                parts.Backend, name, KeyFile.MaxLength, cancellationToken).ConfigureAwait(false);
            byte[]? copy = await SmallFiles.ReadAsync(
                parts.Backend, copyName, KeyFile.MaxLength, cancellationToken).ConfigureAwait(false);
            bool same = first is not null && copy is not null && first.AsSpan().SequenceEqual(copy);
            byte[]? right = Settle(first, copy, name);
            if (right is null && same && IsNewer(first!))
            {
                continue;
            }

            if (right is null)
            {
                faults.Add(new SmallFault(
                    name,
                    IsGood(first, name) && IsGood(copy, name)
                        ? "and its second copy differ, and only its password tells which is right: open the repository with that"
                        : "cannot be read, and its second copy neither",
                    null));
                continue;
            }

            Add(faults, copyName, copy, right, isCopy: true);
            Add(faults, name, first, right, isCopy: false);
        }

        return faults;
    }

    private static void Add(List<SmallFault> faults, string name, byte[]? bytes, byte[] right, bool isCopy)
    {
        if (bytes is null || !bytes.AsSpan().SequenceEqual(right))
        {
            string why = bytes is null ? "is missing" : "is not what was written";
            faults.Add(new SmallFault(name, why, right) { IsMissingCopy = isCopy && bytes is null });
        }
    }

    // Null: nobody can tell.
    private byte[]? Settle(byte[]? first, byte[]? copy, string name)
    {
        bool firstIsGood = IsGood(first, name), copyIsGood = IsGood(copy, name);
        if (firstIsGood && copyIsGood && !first.AsSpan().SequenceEqual(copy))
        {
            byte[] opened = parts.OpenedWith.Slot.Encode();
            return KeySlot.Decode(first).Encode().AsSpan().SequenceEqual(opened) ? first
                : KeySlot.Decode(copy).Encode().AsSpan().SequenceEqual(opened) ? copy
                : null;
        }

        return firstIsGood ? first : copyIsGood ? copy : null;
    }

    private bool IsGood(byte[]? bytes, string name)
    {
        if (bytes is null)
        {
            return false;
        }

        try
        {
            KeySlot slot = KeySlot.Decode(bytes);
            return KeyFile.NameOf(Keyring.Folder, slot.Id) == name && (!slot.IsOpen || HoldsTheKey(slot));
        }
        catch (StoreException e) when (e.Fault is StoreFault.Corrupt or StoreFault.NewerFormat)
        {
            return false;
        }
    }

    private bool HoldsTheKey(KeySlot slot)
    {
        slot.TryUnwrap("", parts.Config.RepositoryId, out MasterKey? master);
        using (master)
        {
            return CryptographicOperations.FixedTimeEquals(master!.Bytes, parts.Key.Bytes);
        }
    }

    // A later jstore may have written it, and its copy.
    private static bool IsNewer(byte[] bytes)
    {
        try
        {
            KeySlot.Decode(bytes);
            return false;
        }
        catch (StoreException e)
        {
            return e.Fault is StoreFault.NewerFormat;
        }
    }
}
