using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Listing;

/// <summary>Text of an answer to <c>encoding-type=url</c>, which S3 gives because XML cannot hold every key.</summary>
internal static class UrlText
{
    /// <summary>The key's bytes.</summary>
    /// <param name="text">As it stands in the XML.</param>
    /// <param name="encoded">Whether the answer says that it is encoded; where it does not, the text is the
    /// key.</param>
    /// <exception cref="FormatException">A <c>%</c> without two hex digits.</exception>
    public static EntryPath Decode(string text, bool encoded)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (!encoded || bytes.AsSpan().IndexOfAny((byte)'%', (byte)'+') < 0)
        {
            return new EntryPath(bytes);
        }

        int to = 0;
        for (int from = 0; from < bytes.Length; from++, to++)
        {
            bytes[to] = bytes[from] switch
            {
                (byte)'+' => (byte)' ',
                (byte)'%' => from + 2 < bytes.Length
                    ? (byte)((Digit(bytes[++from]) << 4) | Digit(bytes[++from]))
                    : throw new FormatException("a key ends within an escape"),
                byte plain => plain,
            };
        }

        return new EntryPath(bytes[..to]);
    }

    private static int Digit(byte value) => char.IsAsciiHexDigit((char)value)
        ? Convert.ToInt32(((char)value).ToString(), 16)
        : throw new FormatException("a key has a % without two hex digits");
}
