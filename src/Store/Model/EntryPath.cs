using System.Buffers;
using System.Text;

namespace JadaStore.Store.Model;

/// <summary>A path inside a source: bytes, as S3 keys and Unix names are, ordered byte by byte.</summary>
/// <remarks>
/// A folder's path ends in <c>/</c>; the root of a folder source is the empty path. Any bytes are allowed; nothing is
/// normalised. Whoever turns a path into a file on disk must treat it as hostile.
/// </remarks>
public readonly struct EntryPath : IEquatable<EntryPath>, IComparable<EntryPath>
{
    private readonly byte[]? _bytes;

    /// <param name="bytes">Taken over, not copied: the caller must not change it afterwards.</param>
    public EntryPath(byte[] bytes) => _bytes = bytes;

    /// <param name="text">Stored as UTF-8.</param>
    public EntryPath(string text) => _bytes = Encoding.UTF8.GetBytes(text);

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => _bytes;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes;

    /// <summary>Length in bytes.</summary>
    public int Length => _bytes?.Length ?? 0;

    /// <summary>Whether this is a folder's path: empty, or ending in <c>/</c>.</summary>
    public bool IsFolder => Length == 0 || _bytes![^1] == (byte)'/';

    /// <summary>
    /// Whether this path is <paramref name="other"/> or lies below it, when <paramref name="other"/> is taken as a file
    /// or folder name.
    /// </summary>
    /// <param name="other">With or without a closing <c>/</c>; the empty path holds everything.</param>
    public bool IsAtOrBelow(EntryPath other)
    {
        ReadOnlySpan<byte> stem = other.Span;
        if (stem.Length > 0 && stem[^1] == (byte)'/')
        {
            return Span.StartsWith(stem);
        }

        return stem.Length == 0
            || (Span.StartsWith(stem) && (Length == stem.Length || Span[stem.Length] == (byte)'/'));
    }

    /// <summary>This path with <paramref name="next"/> behind it, nothing between.</summary>
    public EntryPath Append(ReadOnlySpan<byte> next)
    {
        byte[] joined = new byte[Length + next.Length];
        Span.CopyTo(joined);
        next.CopyTo(joined.AsSpan(Length));
        return new EntryPath(joined);
    }

    /// <summary>
    /// How a person reads it: as it is where that is UTF-8 and printable, other bytes as <c>\xNN</c>.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder(Length);
        ReadOnlySpan<byte> rest = Span;
        while (!rest.IsEmpty)
        {
            bool good = Rune.DecodeFromUtf8(rest, out Rune rune, out int used) == OperationStatus.Done;
            if (good && !Rune.IsControl(rune))
            {
                text.Append(rune.ToString());
            }
            else
            {
                for (int i = 0; i < used; i++)
                {
                    text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{rest[i]:X2}");
                }
            }

            rest = rest[used..];
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToString"/> wrote: UTF-8 text in which <c>\xNN</c> stands for one byte.</summary>
    public static EntryPath ParseEscaped(string text)
    {
        var bytes = new ArrayBufferWriter<byte>(text.Length + 1);
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '\\' && i + 4 <= text.Length && text[i + 1] == 'x'
                && byte.TryParse(
                    text.AsSpan(i + 2, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out byte value))
            {
                bytes.Write([value]);
                i += 4;
                continue;
            }

            int length = char.IsSurrogatePair(text, i) ? 2 : 1;
            bytes.Advance(Encoding.UTF8.GetBytes(text.AsSpan(i, length), bytes.GetSpan(4)));
            i += length;
        }

        return new EntryPath(bytes.WrittenSpan.ToArray());
    }

    /// <inheritdoc/>
    public bool Equals(EntryPath other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EntryPath other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public int CompareTo(EntryPath other) => Span.SequenceCompareTo(other.Span);

    /// <summary>The same bytes.</summary>
    public static bool operator ==(EntryPath left, EntryPath right) => left.Equals(right);

    /// <summary>Not the same bytes.</summary>
    public static bool operator !=(EntryPath left, EntryPath right) => !left.Equals(right);

    /// <summary>Sorts before.</summary>
    public static bool operator <(EntryPath left, EntryPath right) => left.CompareTo(right) < 0;

    /// <summary>Sorts after.</summary>
    public static bool operator >(EntryPath left, EntryPath right) => left.CompareTo(right) > 0;

    /// <summary>Sorts before, or the same.</summary>
    public static bool operator <=(EntryPath left, EntryPath right) => left.CompareTo(right) <= 0;

    /// <summary>Sorts after, or the same.</summary>
    public static bool operator >=(EntryPath left, EntryPath right) => left.CompareTo(right) >= 0;
}
