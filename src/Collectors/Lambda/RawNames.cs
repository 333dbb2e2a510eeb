using System.Text;

namespace JadaStore.Collectors.Lambda;

/// <summary>
/// How names in a zip that are not marked as UTF-8 are decoded, so that their bytes can be had again: bytes from 0x80
/// on become U+DC80 to U+DCFF, which no text that is marked as UTF-8 holds.
/// </summary>
internal sealed class RawNames : Encoding
{
    private const char First = '\uDC80';
    private const char Last = '\uDCFF';

    /// <summary>The one.</summary>
    public static RawNames Instance { get; } = new();

    /// <summary>The bytes of a name, whichever way it was decoded.</summary>
    public static byte[] BytesOf(string name)
    {
        var bytes = new MemoryStream(name.Length + 8);
        Span<byte> some = stackalloc byte[4];
        for (int i = 0; i < name.Length;)
        {
            if (name[i] is >= First and <= Last)
            {
                bytes.WriteByte((byte)name[i++]);
                continue;
            }

            int length = char.IsSurrogatePair(name, i) ? 2 : 1;
            bytes.Write(some[..UTF8.GetBytes(name.AsSpan(i, length), some)]);
            i += length;
        }

        return bytes.ToArray();
    }

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => count;

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (int i = 0; i < byteCount; i++)
        {
            byte value = bytes[byteIndex + i];
            chars[charIndex + i] = (char)(value < 0x80 ? value : 0xDC00 + value);
        }

        return byteCount;
    }

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => charCount;

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => byteCount;
}
