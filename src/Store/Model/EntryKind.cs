namespace JadaStore.Store.Model;

/// <summary>What an entry is. The numbers are part of the format.</summary>
public enum EntryKind
{
    /// <summary>Bytes: a file, an object, a document.</summary>
    File = 1,

    /// <summary>A folder; its path ends in <c>/</c>.</summary>
    Folder = 2,

    /// <summary>A symbolic link.</summary>
    Symlink = 3,

    /// <summary>A named pipe; recorded, never read.</summary>
    Pipe = 4,

    /// <summary>A socket; recorded, never read.</summary>
    Socket = 5,

    /// <summary>A character device; recorded, never read.</summary>
    CharacterDevice = 6,

    /// <summary>A block device; recorded, never read.</summary>
    BlockDevice = 7,
}
