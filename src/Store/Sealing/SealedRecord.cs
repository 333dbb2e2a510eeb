using System.Security.Cryptography;

namespace JadaStore.Store.Sealing;

/// <summary>A small JSON document, sealed: a snapshot's record, and what is said of snapshots and packs;
/// docs/format.md, "snapshots/ID".</summary>
internal static class SealedRecord
{
    private const int VersionAt = 8;
    private const int SaltAt = 16;
    private const int HeaderSize = 32;
    private const int TagSize = 16;

    private static ReadOnlySpan<byte> Nonce => new byte[12];   // a key seals one record only

    /// <summary>The file's bytes for a record; other ones on every call.</summary>
    public static byte[] Seal(MasterKey master, ReadOnlySpan<byte> json, RecordKind kind = RecordKind.Snapshot)
    {
        byte[] file = new byte[HeaderSize + json.Length + TagSize];
        Span<byte> header = file.AsSpan(0, HeaderSize);
        MagicOf(kind).CopyTo(header);
        header[VersionAt] = StoredJson.Version;
        RandomNumberGenerator.Fill(header[SaltAt..]);
        using AesGcm aes = CipherFor(master, header);
        aes.Encrypt(Nonce, json, file.AsSpan(HeaderSize, json.Length), file.AsSpan(HeaderSize + json.Length), header);
        return file;
    }

    /// <summary>
    /// The JSON in a file's bytes, as it was sealed; the caller compares its hash with the file's name.
    /// </summary>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.NewerFormat"/>: a later version of this program wrote the file.
    /// <see cref="StoreFault.Corrupt"/>: it is not what was sealed under this key.
    /// </exception>
    public static byte[] Open(MasterKey master, ReadOnlySpan<byte> file, RecordKind kind = RecordKind.Snapshot)
    {
        string what = $"A {kind.ToString().ToLowerInvariant()} record";
        if (file.Length < HeaderSize + TagSize || !file.StartsWith(MagicOf(kind)))
        {
            throw StoredJson.Damaged(what, $"its {file.Length} bytes do not begin like one");
        }

        if (file[VersionAt] > StoredJson.Version)
        {
            throw StoredJson.Newer(what, file[VersionAt]);
        }

        ReadOnlySpan<byte> header = file[..HeaderSize];
        byte[] json = new byte[file.Length - HeaderSize - TagSize];
        using AesGcm aes = CipherFor(master, header);
        try
        {
            aes.Decrypt(Nonce, file[HeaderSize..^TagSize], file[^TagSize..], json, header);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw StoredJson.Damaged(what, "its seal is broken", e);
        }

        return json;
    }

    private static ReadOnlySpan<byte> MagicOf(RecordKind kind) => kind switch
    {
        RecordKind.Snapshot => "JSTORESN"u8,
        RecordKind.Forgotten => "JSTOREFO"u8,
        RecordKind.Pin => "JSTOREPI"u8,
        RecordKind.Condemned => "JSTORECO"u8,
        RecordKind.Lost => "JSTORELO"u8,
    };

    private static AesGcm CipherFor(MasterKey master, ReadOnlySpan<byte> header)
    {
        byte[] key = master.DeriveRecordKey(header[SaltAt..]);
        try
        {
            return new AesGcm(key, TagSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
