using System.Buffers.Binary;
using System.Security.Cryptography;
using JadaStore.Store.Model;

namespace JadaStore.Store.Sealing;

/// <summary>Seals and opens the frames and the footer of one pack: AES-256-GCM under the pack's own key.</summary>
/// <remarks>
/// <para>The nonce is the frame's number, so within a pack no number may be sealed twice; a pack's id is drawn at
/// random, and
/// with it the key, so no nonce ever meets the same key again. The pack's header is authenticated with each
/// frame.</para>
/// <para>Thread-safe: the runtime's cipher objects are not, so idle ones are kept, as many as ever ran at once.</para>
/// </remarks>
internal sealed class BlockSealer : IDisposable
{
    /// <summary>How much longer sealed bytes are than plain ones: 16.</summary>
    public const int Overhead = 16;

    /// <summary>The number that stands for the footer.</summary>
    public const uint FooterNumber = 0xFFFF_FFFF;

    private readonly PackId _pack;
    private readonly byte[] _header;
    private readonly byte[] _key;
    private readonly Stack<AesGcm> _idle = new();          // its own lock

    /// <param name="master">The repository's key; not kept.</param>
    /// <param name="pack">Whose frames.</param>
    /// <param name="header">The pack's first 32 bytes; copied.</param>
    public BlockSealer(MasterKey master, PackId pack, ReadOnlySpan<byte> header)
    {
        _pack = pack;
        _header = header.ToArray();
        _key = master.DerivePackKey(pack);
    }

    /// <summary>Seals one frame's block, or the footer.</summary>
    /// <param name="number">The frame's, from 0, each once; or <see cref="FooterNumber"/>.</param>
    /// <param name="plain">What to seal.</param>
    /// <param name="target">Exactly <see cref="Overhead"/> bytes longer.</param>
    public void Seal(uint number, ReadOnlySpan<byte> plain, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, plain.Length + Overhead, nameof(target));
        Span<byte> nonce = stackalloc byte[12];
        WriteNonce(number, nonce);
        AesGcm cipher = Take();
        cipher.Encrypt(nonce, plain, target[..plain.Length], target[plain.Length..], _header);
        Return(cipher);
    }

    /// <summary>Opens what <see cref="Seal"/> made under the same number.</summary>
    /// <param name="number">The frame's, from 0, or <see cref="FooterNumber"/>.</param>
    /// <param name="sealedBytes">As stored; hostile.</param>
    /// <param name="target">Exactly <see cref="Overhead"/> bytes shorter.</param>
    /// <returns>Whether they are what was sealed; if not, <paramref name="target"/> holds zeros.</returns>
    public bool TryOpen(uint number, ReadOnlySpan<byte> sealedBytes, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sealedBytes.Length, target.Length + Overhead, nameof(target));
        Span<byte> nonce = stackalloc byte[12];
        WriteNonce(number, nonce);
        AesGcm cipher = Take();
        try
        {
            cipher.Decrypt(nonce, sealedBytes[..target.Length], sealedBytes[target.Length..], target, _header);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            target.Clear();
            return false;
        }
        finally
        {
            Return(cipher);
        }
    }

    /// <summary>As <see cref="TryOpen"/>, where failing is damage.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: not what was sealed.</exception>
    public void Open(uint number, ReadOnlySpan<byte> sealedBytes, Span<byte> target)
    {
        if (!TryOpen(number, sealedBytes, target))
        {
            string what = number == FooterNumber ? "The footer" : $"Frame {number}";
            throw new StoreException(StoreFault.Corrupt, $"{what} of pack {_pack} is not what was written: its seal is broken.",
                "The pack changed after it was written. " + DamageHint.Data);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        lock (_idle)
        {
            while (_idle.TryPop(out AesGcm? cipher))
            {
                cipher.Dispose();
            }
        }
    }

    private static void WriteNonce(uint number, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(nonce, number);
    }

    private AesGcm Take()
    {
        lock (_idle)
        {
            if (_idle.TryPop(out AesGcm? cipher))
            {
                return cipher;
            }
        }

        return new AesGcm(_key, Overhead);
    }

    private void Return(AesGcm cipher)
    {
        lock (_idle)
        {
            _idle.Push(cipher);
        }
    }
}
