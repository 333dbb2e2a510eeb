using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using JadaStore.Store.Model;

namespace JadaStore.Store.Sealing;

/// <summary>One way to the master key, the file <c>keys/ID.json</c>: through a password, or open to all.</summary>
/// <remarks>
/// Only the wrapped key is authenticated: id, label and time can be changed by whoever can write to the repository. The
/// reader of a file must compare <see cref="Id"/> with the file's name.
/// </remarks>
internal sealed class KeySlot
{
    private const string What = "A key slot";
    private const string Argon2id = "argon2id";
    private const string None = "none";
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly KeyDocument _document;
    private readonly byte[] _salt = [];
    private readonly byte[] _nonce = [];
    private readonly byte[] _sealed = [];   // the wrapped master key and its tag, or the bare master key

    private KeySlot(KeyDocument document)
    {
        _document = document;
        Hex(document.Id, 8, "id");
        bool any = document is not
        {
            MemoryKib: null, Iterations: null, Parallelism: null, Salt: null, Nonce: null, Wrapped: null,
        };
        switch (document.Kdf)
        {
            case None when !any:
                _sealed = Hex(document.Master, MasterKey.Size, "master");
                break;
            case Argon2id when document.Master is null:
                Cost = CostOf(document);
                _salt = Hex(document.Salt, KdfCost.SaltSize, "salt");
                _nonce = Hex(document.Nonce, NonceSize, "nonce");
                _sealed = Hex(document.Wrapped, MasterKey.Size + TagSize, "wrapped");
                break;
            default:
                throw StoredJson.Damaged(What, "its members do not fit its \"kdf\"");
        }
    }

    /// <summary>16 lowercase hex digits; the file's name without <c>.json</c>.</summary>
    public string Id => _document.Id;

    /// <summary>What a person calls it; may be empty.</summary>
    public string Label => _document.Label;

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset Created => _document.Created;

    /// <summary>What a guess at the password costs; null when there is none.</summary>
    public KdfCost? Cost { get; }

    /// <summary>Whether the master key lies bare in it.</summary>
    [MemberNotNullWhen(false, nameof(Cost))]
    public bool IsOpen => Cost is null;

    /// <summary>A slot that needs no password: the master key lies in it for everyone to read.</summary>
    public static KeySlot CreateOpen(MasterKey master, string label, DateTimeOffset time) =>
        new(New(None, label, time) with { Master = Convert.ToHexStringLower(master.Bytes) });

    /// <summary>A slot that gives the key for a password, taken as <see cref="KdfCost.DeriveKey"/> says.</summary>
    /// <exception cref="ArgumentException">The cost has problems: all are named.</exception>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.Refused"/>: the password is empty, or no valid Unicode text, or the memory cannot be had.
    /// </exception>
    public static KeySlot CreateWithPassword(
        MasterKey master,
        RepositoryId repositoryId,
        ReadOnlySpan<char> password,
        string label,
        KdfCost cost,
        DateTimeOffset time)
    {
        if (password.IsEmpty)
        {
            throw new StoreException(
                StoreFault.Refused,
                "The password is empty.",
                "A repository without a password is made with --no-password.");
        }

        Span<byte> salt = stackalloc byte[KdfCost.SaltSize], nonce = stackalloc byte[NonceSize];
        RandomNumberGenerator.Fill(salt);
        RandomNumberGenerator.Fill(nonce);
        Span<byte> wrapped = stackalloc byte[MasterKey.Size + TagSize];
        using (AesGcm aes = CipherFor(password, salt, cost))
        {
            aes.Encrypt(
                nonce,
                master.Bytes,
                wrapped[..MasterKey.Size],
                wrapped[MasterKey.Size..],
                AssociatedData(repositoryId));
        }

        return new KeySlot(New(Argon2id, label, time) with
        {
            MemoryKib = cost.MemoryKib,
            Iterations = cost.Iterations,
            Parallelism = KdfCost.Parallelism,
            Salt = Convert.ToHexStringLower(salt),
            Nonce = Convert.ToHexStringLower(nonce),
            Wrapped = Convert.ToHexStringLower(wrapped),
        });
    }

    /// <summary>The file's bytes.</summary>
    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(_document, SealingJson.Default.KeyDocument);

    /// <summary>Reads the file's bytes.</summary>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.NewerFormat"/>: a later version of this program wrote them.
    /// <see cref="StoreFault.Corrupt"/>: they are no key slot, or one that takes more than <see cref="KdfCost"/>
    /// allows.
    /// </exception>
    public static KeySlot Decode(ReadOnlySpan<byte> bytes) =>
        new(StoredJson.Read(bytes, SealingJson.Default.KeyDocument, "version", What));

    /// <summary>Opens the slot; takes as long as <see cref="Cost"/> says.</summary>
    /// <param name="password">Not looked at when the slot is open.</param>
    /// <param name="repositoryId">The repository that the slot lies in.</param>
    /// <param name="master">
    /// The master key, the caller's to dispose of. An open slot's is whatever lies in it: only
    /// <see cref="RepositoryConfig.CheckMac"/> tells whether it is the repository's.
    /// </param>
    /// <returns>False: the password is wrong, the slot is another repository's, or its wrapped key was
    /// changed.</returns>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.Refused"/>: the password is no valid Unicode text, or the memory cannot be had.
    /// </exception>
    public bool TryUnwrap(
        ReadOnlySpan<char> password, RepositoryId repositoryId, [NotNullWhen(true)] out MasterKey? master)
    {
        if (IsOpen)
        {
            master = new MasterKey(_sealed);
            return true;
        }

        Span<byte> plain = stackalloc byte[MasterKey.Size];
        try
        {
            using AesGcm aes = CipherFor(password, _salt, Cost);
            aes.Decrypt(
                _nonce,
                _sealed.AsSpan(0, plain.Length),
                _sealed.AsSpan(plain.Length),
                plain,
                AssociatedData(repositoryId));
            master = new MasterKey(plain);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            master = null;
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static KeyDocument New(string kdf, string label, DateTimeOffset time) =>
        new(
            StoredJson.Version,
            RandomNumberGenerator.GetHexString(16, lowercase: true),
            label,
            time.ToUniversalTime(),
            kdf);

    private static KdfCost CostOf(KeyDocument document)
    {
        if (document is not { MemoryKib: { } memory, Iterations: { } iterations, Parallelism: { } lanes })
        {
            throw StoredJson.Damaged(What, "it does not say what its password costs");
        }

        if (lanes != KdfCost.Parallelism)
        {
            throw StoredJson.Damaged(What, $"its parallelism is {lanes}, and can only be {KdfCost.Parallelism}");
        }

        var cost = new KdfCost(memory, iterations);
        return cost.FindProblems() is { Count: > 0 } problems
            ? throw StoredJson.Damaged(What, string.Join(' ', problems).TrimEnd('.'))
            : cost;
    }

    private static AesGcm CipherFor(ReadOnlySpan<char> password, ReadOnlySpan<byte> salt, KdfCost cost)
    {
        Span<byte> key = stackalloc byte[32];
        try
        {
            cost.DeriveKey(password, salt, key);
            return new AesGcm(key, TagSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    // The slot opens in its own repository only.
    private static byte[] AssociatedData(RepositoryId repositoryId)
    {
        byte[] data = [.. "JadaStore key"u8, .. new byte[RepositoryId.Size]];
        repositoryId.CopyTo(data.AsSpan("JadaStore key"u8.Length));
        return data;
    }

    private static byte[] Hex(string? text, int bytes, string member) =>
        text?.Length == 2 * bytes && !text.AsSpan().ContainsAnyExcept(HexDigits)
            ? Convert.FromHexString(text)
            : throw StoredJson.Damaged(What, $"its \"{member}\" is not {2 * bytes} lowercase hex digits");
}
