using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>Names for what is not yet whole: <c>.jstore-0123456789abcdef.tmp</c>, each once, from any thread.</summary>
internal sealed class TemporaryNames
{
    private ulong _next = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    /// <summary>The next name.</summary>
    public string Next()
    {
        // An odd factor is a permutation of all 64-bit numbers: no name comes twice, and neighbours do not look alike.
        ulong number = Interlocked.Increment(ref _next) * 0x9E3779B97F4A7C15;
        return string.Create(CultureInfo.InvariantCulture, $".jstore-{number:x16}.tmp");
    }

    /// <summary>The next name as bytes, and a NUL behind it.</summary>
    public byte[] NextBytes() => Encoding.ASCII.GetBytes(Next() + '\0');
}
