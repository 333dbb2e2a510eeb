using System.Buffers.Binary;

namespace JadaStore.Collectors.Local.Linux;

/// <summary>
/// Walks the kernel's <c>struct linux_dirent64</c> records: inode u64, offset u64, length u16, type u8, name, zero
/// byte.
/// </summary>
/// <param name="records">Whole records, end to end.</param>
internal ref struct FolderRecords(ReadOnlySpan<byte> records)
{
    private const int TypeAt = 18;
    private const int NameAt = 19;
    private const byte FolderType = 4;

    private ReadOnlySpan<byte> _rest = records;

    /// <summary>The name, without its zero byte; one follows it in memory.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Whether it is a folder; null when the file system does not say.</summary>
    public bool? IsFolder { get; private set; }

    /// <summary>Goes to the next name; <c>.</c> and <c>..</c> are passed over.</summary>
    public bool Next()
    {
        while (_rest.Length > NameAt)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(_rest[16..]);
            ReadOnlySpan<byte> name = _rest[NameAt..length];
            Name = name[..name.IndexOf((byte)0)];
            IsFolder = _rest[TypeAt] switch { 0 => null, FolderType => true, _ => false };
            _rest = _rest[length..];
            if (!Name.SequenceEqual("."u8) && !Name.SequenceEqual(".."u8))
            {
                return true;
            }
        }

        return false;
    }
}
