using System.Text;

namespace JadaStore.Store.Hashing;

/// <summary>What tells BLAKE3's modes apart: the words that every chunk starts from, and a flag on every
/// compression.</summary>
internal unsafe struct HashMode
{
    /// <summary>Length of a key in bytes: 32.</summary>
    public const int KeySize = 32;

    /// <summary>The key as eight little-endian words.</summary>
    public fixed uint Key[8];

    /// <summary>One of <see cref="NodeFlags"/>, or 0 for the plain hash.</summary>
    public uint Flags;

    /// <summary>The plain hash.</summary>
    public static HashMode Plain => UnderIv(0);

    /// <summary>The keyed hash.</summary>
    /// <param name="key">Exactly <see cref="KeySize"/> bytes; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> has another length.</exception>
    public static HashMode Keyed(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySize)
        {
            throw new ArgumentException($"A BLAKE3 key is {KeySize} bytes; got {key.Length}.", nameof(key));
        }

        HashMode mode = default;
        key.CopyTo(new Span<byte>(mode.Key, KeySize));
        mode.Flags = NodeFlags.KeyedHash;
        return mode;
    }

    /// <summary>The derivation of keys for the purpose that <paramref name="context"/> names; what is hashed is the
    /// material.</summary>
    public static HashMode DeriveKey(string context)
    {
        HashMode mode = default;
        var key = new Span<byte>(mode.Key, KeySize);
        HashState.Run(UnderIv(NodeFlags.DeriveKeyContext), Encoding.UTF8.GetBytes(context), key);
        mode.Flags = NodeFlags.DeriveKeyMaterial;
        return mode;
    }

    private static HashMode UnderIv(uint flags)
    {
        HashMode mode = default;
        mode.Key[0] = Iv.Word0;
        mode.Key[1] = Iv.Word1;
        mode.Key[2] = Iv.Word2;
        mode.Key[3] = Iv.Word3;
        mode.Key[4] = Iv.Word4;
        mode.Key[5] = Iv.Word5;
        mode.Key[6] = Iv.Word6;
        mode.Key[7] = Iv.Word7;
        mode.Flags = flags;
        return mode;
    }
}
