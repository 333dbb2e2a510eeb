using System.Text;
using System.Text.Unicode;
using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>The <c>attributes</c> field of docs/format.md, written and read.</summary>
internal static class AttributeCodec
{
    private static readonly Comparer<byte[]> ByBytes =
        Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    /// <summary>Writes the attributes, sorted by the bytes of their names, in whatever order they are given.</summary>
    /// <exception cref="ArgumentException">A name stands there twice.</exception>
    public static void Write(ByteWriter to, Entry entry)
    {
        to.WriteVarint(entry.Attributes.Count);
        if (IsPlain(entry.Attributes))
        {
            foreach (NamedValue attribute in entry.Attributes)
            {
                to.WriteText(attribute.Name);
                to.WriteBytes(attribute.Value);
            }

            return;
        }

        byte[][] names = [.. entry.Attributes.Select(attribute => Encoding.UTF8.GetBytes(attribute.Name))];
        byte[][] values = [.. entry.Attributes.Select(attribute => attribute.Value)];
        Array.Sort(names, values, ByBytes);
        for (int i = 0; i < names.Length; i++)
        {
            if (i > 0 && names[i].AsSpan().SequenceEqual(names[i - 1]))
            {
                throw new ArgumentException(
                    $"Entry {entry.Path} has the attribute {Encoding.UTF8.GetString(names[i])} twice.", nameof(entry));
            }

            to.WriteBytes(names[i]);
            to.WriteBytes(values[i]);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static NamedValue[] Read(ref ByteReader from)
    {
        int count = from.ReadCount(2);
        if (count == 0)
        {
            throw from.Corrupt("an empty list of attributes is written out");
        }

        var attributes = new NamedValue[count];
        ReadOnlySpan<byte> last = default;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> name = from.ReadBytes();
            if (i > 0 && last.SequenceCompareTo(name) >= 0)
            {
                throw from.Corrupt("attributes are not sorted, or one stands there twice");
            }

            if (!Utf8.IsValid(name))
            {
                throw from.Corrupt("an attribute's name is not UTF-8");
            }

            attributes[i] = new NamedValue(Encoding.UTF8.GetString(name), from.ReadBytes().ToArray());
            last = name;
        }

        return attributes;
    }

    // Names that rise and are all ASCII, as nearly all are: their order as text is the order of their bytes.
    private static bool IsPlain(IReadOnlyList<NamedValue> attributes)
    {
        for (int i = 0; i < attributes.Count; i++)
        {
            if (!Ascii.IsValid(attributes[i].Name)
                || (i > 0 && string.CompareOrdinal(attributes[i - 1].Name, attributes[i].Name) >= 0))
            {
                return false;
            }
        }

        return true;
    }
}
