using System.Text;

namespace JadaStore.Collectors.Aws.Requests;

/// <summary>Percent-encoding as AWS signs it: all but <c>A-Z a-z 0-9 - . _ ~</c>, digits in upper case.</summary>
internal static class PercentEncoding
{
    /// <summary>The UTF-8 bytes of the text, encoded; <c>/</c> too.</summary>
    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text), keepSlash: false);

    /// <summary>The bytes, encoded.</summary>
    /// <param name="bytes">Any.</param>
    /// <param name="keepSlash">Whether <c>/</c> stays as it is, as in the path of an object.</param>
    public static string Encode(ReadOnlySpan<byte> bytes, bool keepSlash)
    {
        var text = new StringBuilder(bytes.Length + 16);
        foreach (byte value in bytes)
        {
            if (IsPlain(value) || (keepSlash && value == (byte)'/'))
            {
                text.Append((char)value);
            }
            else
            {
                text.Append('%').Append(Digit(value >> 4)).Append(Digit(value & 15));
            }
        }

        return text.ToString();
    }

    private static bool IsPlain(byte value) =>
        char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';

    private static char Digit(int value) => "0123456789ABCDEF"[value];
}
