using System.Buffers;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>Names for keys that no file system can hold as they are; docs/restore.md has the rule.</summary>
/// <remarks>
/// Different keys have different names, and every name leads back to its key. A segment that can stand as it is does;
/// else it ends in <c>%=</c>, in <c>%+</c> where a folder has the name that the file would have, in <c>%-</c> where it
/// is too long and goes on in the next segment; in front of that <c>%XX</c> stands for a byte.
/// </remarks>
internal static class EscapedNames
{
    private const int LongestName = 255;
    private const byte Whole = (byte)'=', BesideFolder = (byte)'+', GoesOn = (byte)'-';

    /// <summary>The name of a key.</summary>
    /// <param name="key">Hostile.</param>
    /// <param name="isFolderToo">Whether other keys begin with this one and a <c>/</c>.</param>
    /// <param name="windows">Whether the rules of Windows hold as well.</param>
    public static EntryPath NameOf(EntryPath key, bool isFolderToo, bool windows = false)
    {
        var name = new ArrayBufferWriter<byte>(key.Length + 16);
        ReadOnlySpan<byte> rest = key.Span;
        while (true)
        {
            int end = rest.IndexOf((byte)'/');
            bool last = end < 0;
            Append(name, last ? rest : rest[..end], last && isFolderToo, windows);
            if (last)
            {
                return new EntryPath(name.WrittenSpan.ToArray());
            }

            name.Write("/"u8);
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>The key of a name, whoever made it.</summary>
    /// <param name="name">Ends in <c>/</c> where it is a folder's; then what comes out is how the keys below
    /// begin.</param>
    public static EntryPath KeyOf(EntryPath name)
    {
        var key = new ArrayBufferWriter<byte>(name.Length + 1);
        ReadOnlySpan<byte> rest = name.Span;
        while (true)
        {
            int end = rest.IndexOf((byte)'/');
            ReadOnlySpan<byte> segment = end < 0 ? rest : rest[..end];
            bool goesOn = false;
            if (IsMarked(segment))
            {
                goesOn = segment[^1] == GoesOn;
                AppendPlain(key, segment[..^2]);
            }
            else
            {
                key.Write(segment);
            }

            if (end < 0)
            {
                return new EntryPath(key.WrittenSpan.ToArray());
            }

            if (!goesOn)
            {
                key.Write("/"u8);
            }

            rest = rest[(end + 1)..];
        }
    }

    private static bool IsMarked(ReadOnlySpan<byte> segment) =>
        segment.Length >= 2 && segment[^2] == (byte)'%' && segment[^1] is Whole or BesideFolder or GoesOn;

    private static void Append(ArrayBufferWriter<byte> name, ReadOnlySpan<byte> segment, bool isFolderToo, bool windows)
    {
        if (!isFolderToo && !IsMarked(segment) && TargetPath.IsName(segment, windows))
        {
            name.Write(segment);
            return;
        }

        bool dots = segment.SequenceEqual("."u8) || segment.SequenceEqual(".."u8);
        bool device = windows && !TargetPath.IsName(segment, windows);
        int used = 0;
        for (int at = 0; at < segment.Length;)
        {
            int letter = LetterLength(segment[at..]);
            bool escape = segment[at] is 0 or (byte)'%' || dots
                || (windows && (segment[at] < ' ' || "\\:*?\"<>|"u8.Contains(segment[at])))
                || (device && (at == 0 || at + letter == segment.Length));
            int length = escape ? 3 * letter : letter;
            if (used + length > LongestName - 2)
            {
                name.Write([(byte)'%', GoesOn, (byte)'/']);
                used = 0;
            }

            foreach (byte value in segment.Slice(at, letter))
            {
                name.Write(escape ? [(byte)'%', Digit(value >> 4), Digit(value & 15)] : [value]);
            }

            used += length;
            at += letter;
        }

        name.Write([(byte)'%', isFolderToo ? BesideFolder : Whole]);
    }

    // UTF-8 stays whole; of what is none, a byte.
    private static int LetterLength(ReadOnlySpan<byte> text) =>
        System.Text.Rune.DecodeFromUtf8(text, out _, out int length) == OperationStatus.Done ? length : 1;

    private static void AppendPlain(ArrayBufferWriter<byte> key, ReadOnlySpan<byte> text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == (byte)'%' && at + 2 < text.Length
                && char.IsAsciiHexDigit((char)text[at + 1]) && char.IsAsciiHexDigit((char)text[at + 2]))
            {
                key.Write([Convert.FromHexString([(char)text[at + 1], (char)text[at + 2]])[0]]);
                at += 2;
            }
            else
            {
                key.Write(text.Slice(at, 1));
            }
        }
    }

    private static byte Digit(int value) => "0123456789ABCDEF"u8[value];
}
