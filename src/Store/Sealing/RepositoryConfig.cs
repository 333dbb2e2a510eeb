using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JadaStore.Store.Chunking;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Sealing;

/// <summary>What a repository is: the file <c>config</c>; docs/format.md, "config".</summary>
/// <remarks>
/// It is read before any key is, so reading has two steps: <see cref="Parse"/>, whose answer nobody vouches for yet,
/// and <see cref="CheckMac"/> as soon as the master key is there. Until then it is good for opening a key only.
/// </remarks>
internal sealed class RepositoryConfig
{
    private const string What = "The repository's config";
    private const int MacSize = 32;

    private readonly byte[] _json;
    private readonly byte[] _mac;   // as text; empty when this was not parsed

    /// <param name="repositoryId">The repository's name.</param>
    /// <param name="created">When it was made; kept in UTC.</param>
    /// <param name="cutter">How its content is cut.</param>
    /// <param name="parity">How much parity each pack gets: 0 for none, up to 1 for as much again.</param>
    /// <exception cref="ArgumentException">The sizes have problems: all are named.</exception>
    public RepositoryConfig(RepositoryId repositoryId, DateTimeOffset created, CutterOptions cutter, double parity = 0)
        : this(repositoryId, created, cutter, parity, [], [])
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parity is >= 0 and <= 1, true, nameof(parity));
        if (cutter.FindProblems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(cutter));
        }

        _json = JsonSerializer.SerializeToUtf8Bytes(
            new ConfigDocument(
                Format,
                repositoryId.ToString(),
                created,
                new ConfigDocument.Cutting(Chunker.Algorithm, cutter.FineUntil, cutter.Fine, cutter.Coarse),
                parity > 0 ? parity : null),
            SealingJson.Default.ConfigDocument);
    }

    private RepositoryConfig(
        RepositoryId repositoryId, DateTimeOffset created, CutterOptions cutter, double parity, byte[] json, byte[] mac)
    {
        RepositoryId = repositoryId;
        Created = created.ToUniversalTime();
        Cutter = cutter;
        Parity = parity;
        _json = json;
        _mac = mac;
    }

    /// <summary>The version of all formats in the repository: 1.</summary>
    public static int Format => StoredJson.Version;

    /// <summary>The repository's name.</summary>
    public RepositoryId RepositoryId { get; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>How its content is cut; has no problems.</summary>
    public CutterOptions Cutter { get; }

    /// <summary>Parity cells a data cell of each pack; 0 for none.</summary>
    public double Parity { get; }

    /// <summary>The same repository with another share of parity.</summary>
    public RepositoryConfig WithParity(double share) => new(RepositoryId, Created, Cutter, share);

    /// <summary>The file's bytes, with a mac by <paramref name="master"/>.</summary>
    public byte[] Encode(MasterKey master) => [.. _json, (byte)'\n', .. MacOf(master), (byte)'\n'];

    /// <summary>Reads the file's bytes; what they say is not to be trusted before <see cref="CheckMac"/>.</summary>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.NewerFormat"/>: a later version of this program made the repository.
    /// <see cref="StoreFault.Corrupt"/>: these are not the bytes of a config.
    /// </exception>
    public static RepositoryConfig Parse(ReadOnlySpan<byte> bytes)
    {
        int line = bytes.IndexOf((byte)'\n');
        ReadOnlySpan<byte> json = line < 0 ? bytes : bytes[..line];
        ConfigDocument document = StoredJson.Read(json, SealingJson.Default.ConfigDocument, "format", What);
        ReadOnlySpan<byte> rest = bytes[json.Length..];
        if (rest.Length != 2 + (2 * MacSize) || rest[^1] != '\n')
        {
            throw StoredJson.Damaged(What, $"a line of {2 * MacSize} hex digits must follow the JSON");
        }

        if (!RepositoryId.TryParse(document.RepositoryId, out RepositoryId id))
        {
            throw StoredJson.Damaged(What, "its repository id is not 32 hex digits");
        }

        if (document.Chunker.Algorithm != Chunker.Algorithm)
        {
            throw StoredJson.Damaged(What, "its chunker is not known");
        }

        double parity = document.Parity ?? 0;
        if (parity is not (>= 0 and <= 1))
        {
            throw StoredJson.Damaged(What, "its share of parity is not from 0 to 1");
        }

        var cutter = new CutterOptions
        {
            FineUntil = document.Chunker.FineUntil, Fine = document.Chunker.Fine, Coarse = document.Chunker.Coarse,
        };
        return cutter.FindProblems() is { Count: > 0 } problems
            ? throw StoredJson.Damaged(What, string.Join(' ', problems).TrimEnd('.'))
            : new RepositoryConfig(id, document.Created, cutter, parity, json.ToArray(), rest[1..^1].ToArray());
    }

    /// <summary>Makes sure that whoever wrote the file had the master key.</summary>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.Corrupt"/>: the file was changed, the key is another's, or a bare key was damaged.
    /// </exception>
    /// <exception cref="InvalidOperationException">This was not parsed, so there is nothing to check.</exception>
    public void CheckMac(MasterKey master)
    {
        if (_mac.Length == 0)
        {
            throw new InvalidOperationException("Only a config that was read has a mac to check.");
        }

        if (!CryptographicOperations.FixedTimeEquals(_mac, MacOf(master)))
        {
            throw StoredJson.Damaged(What, "its mac does not fit the key, so one of the two is not what was written");
        }
    }

    private byte[] MacOf(MasterKey master)
    {
        Span<byte> mac = stackalloc byte[MacSize];
        byte[] key = master.DeriveConfigKey();
        Blake3.Keyed(key, _json, mac);
        CryptographicOperations.ZeroMemory(key);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(mac));
    }
}
