using System.Buffers;
using System.Security.Cryptography;

namespace JadaStore.Store.Sealing;

/// <summary>A rented buffer for plaintext: cleared before it goes back to the pool.</summary>
/// <remarks>A value to be held in one place and disposed of once; a copy must not be disposed of too.</remarks>
internal struct SecretBuffer : IDisposable
{
    private byte[]? _array;

    /// <param name="length">How many bytes are wanted; what they hold is undefined.</param>
    public SecretBuffer(int length)
    {
        _array = ArrayPool<byte>.Shared.Rent(length);
        Length = length;
    }

    /// <summary>How many bytes were asked for.</summary>
    public int Length { get; }

    /// <summary>The bytes; not to be used after <see cref="Dispose"/>.</summary>
    public readonly Span<byte> Span => _array.AsSpan(0, Length);

    /// <summary>The bytes; not to be used after <see cref="Dispose"/>.</summary>
    public readonly Memory<byte> Memory => _array.AsMemory(0, Length);

    /// <summary>Clears and returns the buffer.</summary>
    public void Dispose()
    {
        if (_array is { } array)
        {
            _array = null;
            CryptographicOperations.ZeroMemory(array.AsSpan(0, Length));
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
