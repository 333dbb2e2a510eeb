using JadaStore.Store.Model;

namespace JadaStore.Store.Packs;

/// <summary>
/// The first 32 bytes of a pack: all of them follow from its id and purpose, and every frame is bound to them.
/// </summary>
internal static class PackHeader
{
    /// <summary>Length in bytes: 32.</summary>
    public const int Size = 32;

    private const byte Version = 1;
    private const int VersionAt = 8, PurposeAt = 9, IdAt = 16;

    private static ReadOnlySpan<byte> Magic => "JSTOREPK"u8;

    /// <summary>The header of a pack.</summary>
    public static byte[] Encode(PackId pack, PackPurpose purpose)
    {
        byte[] header = new byte[Size];
        Magic.CopyTo(header);
        header[VersionAt] = Version;
        header[PurposeAt] = (byte)purpose;
        pack.CopyTo(header.AsSpan(IdAt));
        return header;
    }

    /// <summary>Whether these first bytes of a pack say that a later jstore wrote it.</summary>
    public static bool IsNewer(ReadOnlySpan<byte> header) => header.StartsWith(Magic) && header[VersionAt] > Version;

    /// <summary>Reads the header of the pack that has this id by its name.</summary>
    /// <param name="header">32 bytes; hostile.</param>
    /// <param name="pack">What the file is called.</param>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.Corrupt"/>: it is not that pack's; <see cref="StoreFault.NewerFormat"/>: made by a later
    /// jstore.
    /// </exception>
    public static PackPurpose Decode(ReadOnlySpan<byte> header, PackId pack)
    {
        if (header.Length == Size && IsNewer(header))
        {
            throw new StoreException(StoreFault.NewerFormat,
                $"Pack {pack} has format {header[VersionAt]}; this program reads up to {Version}.", "Use a newer jstore.");
        }

        if (header.Length == Size && header[PurposeAt] <= (byte)PackPurpose.Pages)
        {
            var purpose = (PackPurpose)header[PurposeAt];
            if (header.SequenceEqual(Encode(pack, purpose)))
            {
                return purpose;
            }
        }

        throw new StoreException(StoreFault.Corrupt, $"Pack {pack} does not begin with its own header.",
            "The file was damaged, or is another one under its name. " + DamageHint.Structure);
    }
}
