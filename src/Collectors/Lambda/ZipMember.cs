using JadaStore.Store.Model;

namespace JadaStore.Collectors.Lambda;

/// <summary>One entry of a zip, as its directory has it.</summary>
/// <param name="Index">In the zip.</param>
/// <param name="Path">Inside the source.</param>
/// <param name="Kind">File, folder or symbolic link.</param>
internal sealed record ZipMember(int Index, EntryPath Path, EntryKind Kind)
{
    /// <summary>Bytes when unpacked, as the zip claims.</summary>
    public long Size { get; init; }

    /// <summary>As the zip claims.</summary>
    public uint Crc32 { get; init; }

    /// <summary>The clock's reading, which the zip keeps without a zone, taken for UTC; in steps of two
    /// seconds.</summary>
    public FileTime ModifiedTime { get; init; }

    /// <summary>Permission bits; null where the zip was made on a system that has none.</summary>
    public uint? Mode { get; init; }

    /// <summary>Why it cannot be read, or null.</summary>
    public string? Fault { get; init; }

    /// <summary>What is wrong with it though it can be read, or null.</summary>
    public string? Doubt { get; init; }
}
