namespace JadaStore.Collectors.Local.Ignore;

/// <summary>A set of byte values.</summary>
internal sealed class ByteSet
{
    private readonly ulong[] _bits = new ulong[4];

    /// <summary>Whether the value is in the set.</summary>
    public bool Contains(byte value) => (_bits[value >> 6] & (1UL << (value & 63))) != 0;

    /// <summary>
    /// Adds every value from <paramref name="first"/> to <paramref name="last"/>, both included; none when they are
    /// the wrong way round.
    /// </summary>
    public void Add(int first, int last)
    {
        for (int value = first; value <= last; value++)
        {
            _bits[value >> 6] |= 1UL << (value & 63);
        }
    }

    /// <summary>Takes one value out.</summary>
    public void Remove(byte value) => _bits[value >> 6] &= ~(1UL << (value & 63));

    /// <summary>Turns the set into all values that were not in it.</summary>
    public void Invert()
    {
        for (int i = 0; i < _bits.Length; i++)
        {
            _bits[i] = ~_bits[i];
        }
    }
}
