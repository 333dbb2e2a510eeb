using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace JadaStore.Store.Sealing;

/// <summary>What a guess at a password costs: Argon2id version 1.3 on one lane.</summary>
/// <param name="MemoryKib">KiB of memory, <see cref="MinMemoryKib"/> to <see cref="MaxMemoryKib"/>.</param>
/// <param name="Iterations">Passes over it, 1 to <see cref="MaxIterations"/>.</param>
internal sealed record KdfCost(int MemoryKib, int Iterations)
{
    /// <summary>Length of the salt in bytes: 16.</summary>
    public const int SaltSize = 16;

    /// <summary>The least memory, in KiB, that Argon2 has a use for.</summary>
    public const int MinMemoryKib = 8;

    /// <summary>The most memory that a key slot may ask for, 1 GiB: a bound on what a forged one can do.</summary>
    public const int MaxMemoryKib = 1 << 20;

    /// <summary>The most passes that a key slot may ask for; the same bound, on time.</summary>
    public const int MaxIterations = 64;

    /// <summary>Lanes: 1, the only number that libsodium can do.</summary>
    public const int Parallelism = 1;

    /// <summary>For new passwords: 64 MiB, 3 passes: RFC 9106's second choice, on one lane; about 0.15 s.</summary>
    public static KdfCost Default { get; } = new(64 << 10, 3);

    /// <summary>All that is wrong with the cost, a sentence each; empty when it can be used.</summary>
    public IReadOnlyList<string> FindProblems()
    {
        List<string> problems = [];
        if (MemoryKib is < MinMemoryKib or > MaxMemoryKib)
        {
            problems.Add($"Argon2id takes {MinMemoryKib} to {MaxMemoryKib} KiB here, not {MemoryKib}.");
        }

        if (Iterations is < 1 or > MaxIterations)
        {
            problems.Add($"Argon2id takes 1 to {MaxIterations} iterations here, not {Iterations}.");
        }

        return problems;
    }

    /// <summary>Turns a password into a key.</summary>
    /// <param name="password">
    /// Taken as its UTF-8 bytes, as typed: not normalized, since a password may be any bytes that someone chose, and
    /// what normalization makes of them may change with the Unicode version.
    /// </param>
    /// <param name="salt">Exactly <see cref="SaltSize"/> bytes.</param>
    /// <param name="key">Filled; at least 16 bytes.</param>
    /// <exception cref="ArgumentException">The cost has problems.</exception>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.Refused"/>: the password is no valid Unicode text, or the memory cannot be had.
    /// </exception>
    public void DeriveKey(ReadOnlySpan<char> password, ReadOnlySpan<byte> salt, Span<byte> key)
    {
        if (FindProblems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(' ', problems));
        }

        var argon2 = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters
        {
            DegreeOfParallelism = Parallelism, MemorySize = MemoryKib, NumberOfPasses = Iterations,
        });
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Math.Max(1, 3 * password.Length));
        try
        {
            // Strict: two different invalid texts would otherwise become the same bytes.
            int length = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(password, bytes);
            argon2.DeriveBytes(bytes.AsSpan(0, length), salt, key);
        }
        catch (EncoderFallbackException)
        {
            throw new StoreException(StoreFault.Refused, "The password is not valid Unicode text.");
        }
        catch (CryptographicException e)
        {
            // libsodium has no other reason to fail.
            throw new StoreException(
                StoreFault.Refused,
                $"The {MemoryKib} KiB of memory that the password's Argon2id takes cannot be had.",
                "Free some memory and try again.",
                e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
