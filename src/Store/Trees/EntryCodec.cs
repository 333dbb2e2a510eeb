using System.Text;
using System.Text.Unicode;
using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary><c>entry</c> of docs/format.md, written and read: all of an entry but its path.</summary>
/// <remarks>One entry has one encoding, and no other is read; so equal maps have equal pages.</remarks>
internal static class EntryCodec
{
    /// <summary>Writes the entry; on an exception part of it may have been written.</summary>
    /// <exception cref="ArgumentException">The entry breaks <see cref="EntryRules"/>, or names an attribute
    /// twice.</exception>
    public static void Write(ByteWriter to, Entry entry)
    {
        if (EntryRules.Violation(entry) is { } wrong)
        {
            throw new ArgumentException($"Entry {entry.Path}: {wrong}.", nameof(entry));
        }

        EntryFields fields = FieldsOf(entry);
        to.WriteByte((byte)entry.Kind);
        to.WriteVarint((ulong)fields);
        if (entry.Size != 0)
        {
            to.WriteVarint(entry.Size);
        }

        if (entry.ModifiedTime is { } time)
        {
            to.WriteZigzag(time.Seconds);
            to.WriteVarint(time.Nanoseconds);
        }

        if (entry.Mode is { } mode)
        {
            to.WriteVarint(mode);
        }

        if (entry.Owner is { } owner)
        {
            to.WriteVarint(owner.User);
            to.WriteVarint(owner.Group);
        }

        if (entry.Digest is { } digest)
        {
            to.WriteDigest(digest);
        }

        if (entry.Content is { } content)
        {
            WriteContent(to, content);
        }

        if (entry.LinkTarget is { } target)
        {
            to.WriteBytes(target);
        }

        if (entry.HardLink is { } first)
        {
            to.WriteBytes(first.Span);
        }

        if (entry.Device is { } device)
        {
            to.WriteVarint(device.Major);
            to.WriteVarint(device.Minor);
        }

        if (entry.Attributes.Count != 0)
        {
            AttributeCodec.Write(to, entry);
        }

        if (entry.Fingerprint.Length != 0)
        {
            to.WriteBytes(entry.Fingerprint);
        }

        if (entry.Problem is { } problem)
        {
            to.WriteText(problem);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="from">Stands at the entry; afterwards behind it.</param>
    /// <param name="path">The entry's path, which was read before.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>, or <see cref="StoreFault.NewerFormat"/> for
    /// a kind or field of a later version.</exception>
    public static Entry Read(ref ByteReader from, EntryPath path)
    {
        EntryKind kind = ReadKind(ref from);
        ulong bits = from.ReadVarint();
        if (bits > (ulong)EntryFields.All)
        {
            throw from.Newer($"an entry has unknown fields (bits {bits:x})");
        }

        // Object initialisers run in the order they are written, which is the order of the fields in the page.
        var fields = (EntryFields)bits;
        var entry = new Entry
        {
            Path = path,
            Kind = kind,
            Size = Has(fields, EntryFields.Size) ? NotZero(from.ReadInt64(), from) : 0,
            ModifiedTime = Has(fields, EntryFields.ModifiedTime)
                ? new FileTime(from.ReadZigzag(), (int)from.ReadUInt32(999_999_999)) : null,
            Mode = Has(fields, EntryFields.Mode) ? from.ReadUInt32() : null,
            Owner = Has(fields, EntryFields.Owner) ? new Owner(from.ReadUInt32(), from.ReadUInt32()) : null,
            Digest = Has(fields, EntryFields.Digest) ? new Digest(from.ReadSpan(Digest.Size)) : null,
            Content = Has(fields, EntryFields.Content) ? ReadContent(ref from) : null,
            LinkTarget = Has(fields, EntryFields.LinkTarget) ? from.ReadBytes().ToArray() : null,
            HardLink = Has(fields, EntryFields.HardLink) ? new EntryPath(from.ReadBytes().ToArray()) : null,
            Device = Has(fields, EntryFields.Device) ? new DeviceNumber(from.ReadUInt32(), from.ReadUInt32()) : null,
            Attributes = Has(fields, EntryFields.Attributes) ? AttributeCodec.Read(ref from) : [],
            Fingerprint = Has(fields, EntryFields.Fingerprint) ? ReadFingerprint(ref from) : [],
            Problem = Has(fields, EntryFields.Problem) ? ReadText(ref from) : null,
        };
        return EntryRules.Violation(entry) is { } wrong ? throw from.Corrupt(wrong) : entry;
    }

    /// <summary>Reads <c>bytes</c> that must be UTF-8.</summary>
    public static string ReadText(ref ByteReader from)
    {
        ReadOnlySpan<byte> text = from.ReadBytes();
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw from.Corrupt("a text is not UTF-8");
    }

    private static EntryFields FieldsOf(Entry entry) =>
        (entry.Size != 0 ? EntryFields.Size : 0)
        | (entry.ModifiedTime is not null ? EntryFields.ModifiedTime : 0)
        | (entry.Mode is not null ? EntryFields.Mode : 0)
        | (entry.Owner is not null ? EntryFields.Owner : 0)
        | (entry.Digest is not null ? EntryFields.Digest : 0)
        | (entry.Content is not null ? EntryFields.Content : 0)
        | (entry.LinkTarget is not null ? EntryFields.LinkTarget : 0)
        | (entry.HardLink is not null ? EntryFields.HardLink : 0)
        | (entry.Device is not null ? EntryFields.Device : 0)
        | (entry.Attributes.Count != 0 ? EntryFields.Attributes : 0)
        | (entry.Fingerprint.Length != 0 ? EntryFields.Fingerprint : 0)
        | (entry.Problem is not null ? EntryFields.Problem : 0);

    private static bool Has(EntryFields fields, EntryFields field) => (fields & field) != 0;

    private static EntryKind ReadKind(ref ByteReader from)
    {
        byte kind = from.ReadByte();
        return kind switch
        {
            0 => throw from.Corrupt("an entry has no kind"),
            > (byte)EntryKind.BlockDevice => throw from.Newer($"an entry is of kind {kind}"),
            _ => (EntryKind)kind,
        };
    }

    private static long NotZero(long size, ByteReader from) =>
        size != 0 ? size : throw from.Corrupt("a size of 0 is written out");

    private static byte[] ReadFingerprint(ref ByteReader from)
    {
        byte[] bytes = from.ReadBytes().ToArray();
        return bytes.Length != 0 ? bytes : throw from.Corrupt("an empty fingerprint is written out");
    }

    private static void WriteContent(ByteWriter to, Content content)
    {
        to.WriteByte((byte)content.Depth);
        to.WriteVarint(content.Extents.Count);
        foreach (Extent extent in content.Extents)
        {
            ExtentCodec.Write(to, extent);
        }
    }

    private static Content ReadContent(ref ByteReader from)
    {
        byte depth = from.ReadByte();
        int count = from.ReadCount(1);
        if (count > EntryRules.MaxExtents)
        {
            throw from.Corrupt($"an entry has {count} extents and can have {EntryRules.MaxExtents} at most");
        }

        var extents = new Extent[count];
        for (int i = 0; i < count; i++)
        {
            extents[i] = ExtentCodec.Read(ref from);
        }

        return new Content(depth, extents);
    }
}
